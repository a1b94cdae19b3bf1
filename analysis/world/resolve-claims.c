/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims of all stations of an asset side by side. Shown is, for each attribute, the most confident; then the one heard last; then the first by value
 * and protocol. Another value of the same confidence is a conflict, where the attribute can have one value only: shown, never averaged.
 *
 * Names: a person's > the device's own (name, station, host name) > model and place > place and vendor > place. The place is the address; of a child, its
 * device and the way from there. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/sort.h"
#include "analysis/world/resolve.h"
#include "analysis/world/vendor.h"

#define AHEAD 8 /* rows whose stations are on their way from memory */

IsthEvidence
isth_resolve_evidence (const IsthResolve *self,
                       uint32_t capture,
                       const IsthFactEvidence *evidence)
{
  IsthEvidence result = { .capture = capture,
                          .frame = evidence->frame,
                          .time = evidence->time,
                          .offset = evidence->offset,
                          .length = evidence->length };

  result.bytes = isth_facts_bytes (self->captures[capture].facts, evidence->bytes, &result.n_bytes);
  return result;
}

int
isth_evidence_compare (const IsthEvidence *a,
                       const IsthEvidence *b)
{
  if (a->time != b->time)
    return isth_compare_times (a->time, b->time);
  if (a->capture != b->capture)
    return isth_compare_numbers (a->capture, b->capture);
  if (a->frame != b->frame)
    return isth_compare_numbers (a->frame, b->frame);
  if (a->offset != b->offset)
    return isth_compare_numbers (a->offset, b->offset);
  return isth_compare_numbers (a->length, b->length);
}

static int
compare_texts (const IsthResolve *self,
               uint32_t a,
               uint32_t b)
{
  return a == b ? 0 : strcmp (isth_resolve_text (self, a), isth_resolve_text (self, b));
}

/* By draft, then attribute. */
static uint64_t
claim_key (const void *row)
{
  const IsthDraftClaim *claim = row;

  return (uint64_t) claim->draft << 8 | claim->attribute;
}

static uint64_t
binding_key (const void *row)
{
  return ((const IsthDraftBinding *) row)->draft;
}

/* Equal claims beside one another, the earliest evidence first. */
static int
compare_by_content (const void *a,
                    const void *b,
                    void *user_data)
{
  const IsthDraftClaim *x = a, *y = b;
  int order = isth_compare_numbers (x->value, y->value);

  if (order == 0)
    order = isth_compare_numbers (x->protocol, y->protocol);
  if (order == 0)
    order = isth_evidence_compare (&x->evidence, &y->evidence);
  if (order == 0 && x->author && y->author)
    order = strcmp (x->author, y->author);
  return order;
}

static int
compare_by_standing (const void *a,
                     const void *b,
                     void *user_data)
{
  const IsthDraftClaim *x = a, *y = b;
  int order = isth_compare_numbers (y->confidence, x->confidence);

  if (order == 0)
    order = isth_compare_times (y->last, x->last);
  if (order == 0)
    order = compare_texts (user_data, x->value, y->value);
  return order ? order : compare_texts (user_data, x->protocol, y->protocol);
}

/* Attributes of which a thing has one, so that two values contradict one another. */
static bool
is_single (IsthAttribute attribute)
{
  switch (attribute)
    {
    case ISTH_ATTRIBUTE_NAME:
    case ISTH_ATTRIBUTE_VENDOR:
    case ISTH_ATTRIBUTE_VENDOR_ID:
    case ISTH_ATTRIBUTE_MODEL:
    case ISTH_ATTRIBUTE_ORDER_NUMBER:
    case ISTH_ATTRIBUTE_PRODUCT_CODE:
    case ISTH_ATTRIBUTE_FIRMWARE:
    case ISTH_ATTRIBUTE_HARDWARE:
    case ISTH_ATTRIBUTE_SERIAL:
    case ISTH_ATTRIBUTE_HOSTNAME:
    case ISTH_ATTRIBUTE_DOMAIN:
    case ISTH_ATTRIBUTE_OS:
    case ISTH_ATTRIBUTE_DEVICE_TYPE:
    case ISTH_ATTRIBUTE_DEVICE_TYPE_ID:
    case ISTH_ATTRIBUTE_DEVICE_ID:
    case ISTH_ATTRIBUTE_LOCATION:
    case ISTH_ATTRIBUTE_STATION:
    case ISTH_ATTRIBUTE_PLANT_TAG:
    case ISTH_ATTRIBUTE_CHASSIS:
    case ISTH_ATTRIBUTE_KIND:
    case ISTH_ATTRIBUTE_LEVEL:
      return true;
    default:
      return false;
    }
}

/* Letter case apart; a host name with and without its domain is one. */
static bool
contradicts (IsthAttribute attribute,
             const char *a,
             const char *b)
{
  if (attribute == ISTH_ATTRIBUTE_HOSTNAME)
    {
      size_t n = strcspn (a, "."), m = strcspn (b, ".");

      return n != m || g_ascii_strncasecmp (a, b, n) != 0;
    }
  return g_ascii_strcasecmp (a, b) != 0;
}

static void
add_facts (IsthResolve *self)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthResolveCapture *capture = &self->captures[c];

      for (uint32_t i = 0; i < capture->view.n_claims; i++)
        {
          const IsthFactClaim *row = &capture->view.claims[i];
          IsthDraftClaim claim = { .draft = isth_resolve_station (self, c, row->station)->draft };

          if (i + AHEAD < capture->view.n_claims)
            __builtin_prefetch (isth_resolve_station (self, c, row[AHEAD].station));
          if (claim.draft == ISTH_NONE || row->attribute >= ISTH_N_ATTRIBUTES)
            continue;
          claim.value = capture->strings[row->value];
          claim.protocol = capture->strings[row->protocol];
          claim.attribute = row->attribute;
          claim.confidence = row->confidence;
          claim.count = row->count;
          claim.last = row->last;
          claim.evidence = isth_resolve_evidence (self, c, &row->evidence);
          g_array_append_val (self->claims, claim);
        }
      for (uint32_t i = 0; i < capture->view.n_bindings; i++)
        {
          const IsthFactBinding *row = &capture->view.bindings[i];
          const IsthResolveStation *station = isth_resolve_station (self, c, row->station);
          IsthDraftBinding binding = { .mac = station->mac, .ip = station->ip, .protocol = capture->strings[row->protocol] };

          if (station->mac == ISTH_NONE || station->ip == ISTH_NONE)
            continue;
          binding.draft = self->mac_drafts[station->mac];
          if (binding.draft == ISTH_NONE)
            continue;
          binding.count = row->count;
          binding.last = row->last;
          binding.evidence = isth_resolve_evidence (self, c, &row->evidence);
          g_array_append_val (self->bindings, binding);
        }
      for (uint32_t i = 0; i < capture->view.n_roles; i++)
        {
          const IsthFactRole *row = &capture->view.roles[i];
          IsthDraftWord word = { isth_resolve_station (self, c, row->station)->draft, capture->strings[row->role] };

          if (i + AHEAD < capture->view.n_roles)
            __builtin_prefetch (isth_resolve_station (self, c, row[AHEAD].station));
          if (word.draft != ISTH_NONE)
            g_array_append_val (self->roles, word);
        }
      isth_resolve_add_neighbours (self, c);
    }
}

/* Whether the maker by its MAC is all that there is to say of an asset: nobody claims anything, and it has one MAC. Most of a large network is so. */
static bool *
find_plain (const IsthResolve *self)
{
  bool *plain = g_new (bool, MAX (self->n_drafts, 1));
  g_autofree bool *has_mac = g_new0 (bool, MAX (self->n_drafts, 1));

  memset (plain, true, self->n_drafts);
  for (uint32_t i = 0; i < self->claims->len; i++)
    plain[g_array_index (self->claims, IsthDraftClaim, i).draft] = false;
  for (uint32_t m = 0; m < self->macs.n; m++)
    if (self->mac_drafts[m] != ISTH_NONE)
      {
        plain[self->mac_drafts[m]] &= !has_mac[self->mac_drafts[m]];
        has_mac[self->mac_drafts[m]] = true;
      }
  return plain;
}

/* Only of MACs that are the asset's own, and of no virtual one. After all other claims. */
static void
add_vendors (IsthResolve *self)
{
  uint32_t protocol = isth_pool_add (&self->pool, "ieee-ra");
  g_autofree bool *plain = find_plain (self);

  for (uint32_t m = 0; m < self->macs.n; m++)
    {
      const char *vendor = self->mac_drafts[m] == ISTH_NONE || self->mac_states[m].virtual
                             ? NULL
                             : isth_vendor_from_mac (isth_resolve_mac (self, m));
      IsthDraftClaim claim = { .draft = self->mac_drafts[m],
                               .protocol = protocol,
                               .attribute = ISTH_ATTRIBUTE_VENDOR,
                               .confidence = ISTH_CONFIDENCE_PREFIX,
                               .count = 1 };

      if (!vendor)
        continue;
      claim.value = isth_pool_add (&self->pool, vendor);
      if (plain[claim.draft])
        {
          self->drafts[claim.draft].listed = claim.value;
          continue;
        }
      claim.last = claim.evidence.time = self->drafts[claim.draft].first;
      g_array_append_val (self->claims, claim);
    }
}

static void
add_edits (IsthResolve *self)
{
  uint32_t protocol = isth_pool_add (&self->pool, "person");

  for (uint32_t i = 0; i < self->n_edits; i++)
    {
      const IsthEdit *edit = &self->edits[i];
      IsthDraftClaim claim = { .draft = *edit->value ? isth_resolve_find (self, &edit->about) : ISTH_NONE };

      if (claim.draft == ISTH_NONE || edit->attribute == ISTH_ATTRIBUTE_SITE_RANGE)
        continue;
      claim.value = isth_pool_add (&self->pool, edit->value);
      claim.protocol = protocol;
      claim.attribute = (uint8_t) edit->attribute;
      claim.confidence = ISTH_CONFIDENCE_PERSON;
      claim.count = 1;
      claim.last = claim.evidence.time = edit->time;
      claim.author = edit->author;
      g_array_append_val (self->claims, claim);
    }
}

static void
fold_claims (IsthResolve *self)
{
  uint32_t kept = 0;

  isth_sort_array (self->claims, claim_key, compare_by_content, self);
  for (uint32_t i = 0; i < self->claims->len; i++)
    {
      IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);
      IsthDraftClaim *before = kept ? &g_array_index (self->claims, IsthDraftClaim, kept - 1) : NULL;

      if (before && before->draft == claim->draft && before->attribute == claim->attribute && before->value == claim->value &&
          before->protocol == claim->protocol)
        {
          before->count += claim->count;
          before->last = MAX (before->last, claim->last);
          before->confidence = MAX (before->confidence, claim->confidence);
        }
      else
        g_array_index (self->claims, IsthDraftClaim, kept++) = *claim;
    }
  g_array_set_size (self->claims, kept);
  isth_sort_array (self->claims, claim_key, compare_by_standing, self);
}

/* Marks the shown value of each attribute and those that contradict it. */
static void
choose_claims (IsthResolve *self)
{
  IsthDraftClaim *shown = NULL;

  for (uint32_t i = 0; i < self->claims->len; i++)
    {
      IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);
      IsthDraft *draft = &self->drafts[claim->draft];

      if (draft->n_claims++ == 0)
        draft->first_claim = i;
      if (!shown || shown->draft != claim->draft || shown->attribute != claim->attribute)
        {
          shown = claim;
          shown->shown = true;
        }
      else if (is_single (claim->attribute) && claim->confidence == shown->confidence && claim->value != shown->value &&
               claim->confidence != ISTH_CONFIDENCE_PERSON &&
               contradicts (claim->attribute, isth_resolve_text (self, claim->value), isth_resolve_text (self, shown->value)))
        claim->conflict = shown->conflict = true;
    }
}

static int
compare_bindings (const void *a,
                  const void *b,
                  void *user_data)
{
  const IsthResolve *self = user_data;
  const IsthDraftBinding *x = a, *y = b;
  int order = 0;

  if (x->ip != y->ip)
    order = isth_address_compare (isth_resolve_ip (self, x->ip), isth_resolve_ip (self, y->ip));
  if (order == 0 && x->mac != y->mac)
    order = isth_address_compare (isth_resolve_mac (self, x->mac), isth_resolve_mac (self, y->mac));
  if (order == 0)
    order = compare_texts (self, x->protocol, y->protocol);
  return order ? order : isth_evidence_compare (&x->evidence, &y->evidence);
}

static void
fold_bindings (IsthResolve *self)
{
  uint32_t kept = 0;

  isth_sort_array (self->bindings, binding_key, compare_bindings, self);
  for (uint32_t i = 0; i < self->bindings->len; i++)
    {
      IsthDraftBinding *binding = &g_array_index (self->bindings, IsthDraftBinding, i);
      IsthDraftBinding *before = kept ? &g_array_index (self->bindings, IsthDraftBinding, kept - 1) : NULL;

      if (before && before->mac == binding->mac && before->ip == binding->ip && before->protocol == binding->protocol)
        {
          before->count += binding->count;
          before->last = MAX (before->last, binding->last);
          continue;
        }
      if (self->drafts[binding->draft].n_bindings++ == 0)
        self->drafts[binding->draft].first_binding = kept;
      g_array_index (self->bindings, IsthDraftBinding, kept++) = *binding;
    }
  g_array_set_size (self->bindings, kept);
}

void
isth_resolve_claims (IsthResolve *self)
{
  add_facts (self);
  isth_resolve_drop_rows (self, ISTH_TABLE_CLAIMS);
  isth_resolve_drop_rows (self, ISTH_TABLE_BINDINGS);
  isth_resolve_drop_rows (self, ISTH_TABLE_ROLES);
  add_edits (self);
  add_vendors (self);
  fold_claims (self);
  choose_claims (self);
  fold_bindings (self);
}

const IsthDraftClaim *
isth_draft_shown (const IsthResolve *self,
                  const IsthDraft *draft,
                  IsthAttribute attribute)
{
  for (uint32_t i = draft->first_claim; i < draft->first_claim + draft->n_claims; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);

      if (claim->attribute == attribute && claim->shown)
        return claim;
    }
  return NULL;
}

uint32_t
isth_draft_vendor (const IsthResolve *self,
                   const IsthDraft *draft)
{
  const IsthDraftClaim *claim = draft->listed ? NULL : isth_draft_shown (self, draft, ISTH_ATTRIBUTE_VENDOR);

  return draft->listed ? draft->listed : claim ? claim->value : ISTH_NONE;
}

const char *
isth_resolve_person (const IsthDraftClaim *claim)
{
  g_autofree char *text = g_strdup_printf (_("Set by %s"), claim->author && *claim->author ? claim->author : _("a person"));

  return g_intern_string (text);
}

uint32_t
isth_resolve_find (IsthResolve *self,
                   const IsthEndpoint *endpoint)
{
  uint32_t mac = endpoint->mac.kind ? isth_index_find (&self->macs, &endpoint->mac) : ISTH_NONE;
  uint32_t ip = endpoint->ip.kind ? isth_index_find (&self->ips, &endpoint->ip) : ISTH_NONE;
  uint32_t draft = ISTH_NONE;

  if (mac != ISTH_NONE)
    draft = self->mac_drafts[mac];
  else if (ip != ISTH_NONE)
    draft = self->ip_drafts[ip];
  if (draft == ISTH_NONE || !endpoint->child || !*endpoint->child)
    return draft;

  for (uint32_t k = 0; k < self->children.n; k++)
    {
      const uint32_t *key = isth_index_key (&self->children, k);

      if (g_str_equal (isth_resolve_text (self, key[1]), endpoint->child) && self->root_drafts[isth_union_find (&self->nodes, key[0])] == draft)
        return self->root_drafts[isth_union_find (&self->nodes, self->macs.n + self->ips.n + k)];
    }
  return ISTH_NONE;
}

/* What a device calls itself, or NULL. A name that is free text (of a desktop) comes after that of its host. */
static const char *
own_name (const IsthResolve *self,
          const IsthDraft *draft,
          const char **reason)
{
  static const struct
  {
    IsthAttribute attribute;
    int least;
  } own[] = {
    { ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_REPORTED },
    { ISTH_ATTRIBUTE_STATION, ISTH_CONFIDENCE_BANNER },
    { ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_BANNER },
    { ISTH_ATTRIBUTE_NAME, ISTH_CONFIDENCE_BANNER },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (own); i++)
    {
      const IsthDraftClaim *claim = isth_draft_shown (self, draft, own[i].attribute);

      if (!claim || claim->confidence < own[i].least)
        continue;
      *reason = isth_attribute_name (own[i].attribute);
      return isth_resolve_text (self, claim->value);
    }
  return NULL;
}

/* Where it is: its address; of a child, the name or address of the device that has one, and the way from there. */
static void
append_place (const IsthResolve *self,
              const IsthDraft *draft,
              GString *text)
{
  const IsthDraft *root = draft;
  const char *name = NULL, *reason;
  IsthAddress at;
  char address[ISTH_ADDRESS_TEXT];
  g_autofree char *path = NULL;

  while (root->parent != ISTH_NONE)
    root = &self->drafts[root->parent];
  at = root->ip != ISTH_NONE ? *isth_resolve_ip (self, root->ip) : isth_draft_address (self, root);
  isth_address_format (&at, address);
  if (root == draft && isth_address_is_loopback (&at))
    {
      g_string_append_printf (text, _("%s (recording computer)"), address);
      return;
    }
  if (root != draft)
    name = own_name (self, root, &reason);
  g_string_append (text, name ? name : address);
  if (root == draft)
    return;
  path = isth_child_path_describe (isth_resolve_text (self, draft->path));
  g_string_append (text, " › ");
  g_string_append (text, path);
}

/* Assets of one maker are many. */
static const char *
short_vendor (const IsthResolve *self,
              char **shortened,
              uint32_t vendor)
{
  if (!shortened[vendor])
    shortened[vendor] = isth_vendor_shorten (isth_resolve_text (self, vendor));
  return shortened[vendor];
}

void
isth_namer_init (IsthNamer *self,
                 const IsthResolve *resolve)
{
  *self = (IsthNamer) { resolve, g_new0 (char *, resolve->pool.n), g_string_new (NULL) };
}

void
isth_namer_clear (IsthNamer *self)
{
  for (uint32_t i = 0; i < self->resolve->pool.n; i++)
    g_free (self->shortened[i]);
  g_free (self->shortened);
  g_string_free (self->text, TRUE);
}

const char *
isth_namer_make (IsthNamer *namer,
                 const IsthDraft *draft,
                 const char **reason)
{
  static const IsthAttribute makes[] = { ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_ORDER_NUMBER };
  const IsthResolve *self = namer->resolve;
  const char *name = own_name (self, draft, reason);
  const IsthDraftClaim *make = NULL;
  uint32_t vendor = isth_draft_vendor (self, draft);
  GString *text = namer->text;

  if (name)
    return name;
  g_string_truncate (text, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (makes) && !make; i++)
    if ((make = isth_draft_shown (self, draft, makes[i])))
      {
        *reason = isth_attribute_name (makes[i]);
        g_string_append (text, isth_resolve_text (self, make->value));
        g_string_append (text, " · ");
      }
  append_place (self, draft, text);
  if (make)
    return text->str;
  *reason = vendor != ISTH_NONE ? isth_attribute_name (ISTH_ATTRIBUTE_VENDOR) : "address";
  if (vendor != ISTH_NONE)
    {
      g_string_append (text, " (");
      g_string_append (text, short_vendor (self, namer->shortened, vendor));
      g_string_append_c (text, ')');
    }
  return text->str;
}
