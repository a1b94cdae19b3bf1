/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an asset is. Traits (what it did, what it says of itself) give points to kinds by the rules of kind-rules.c.
 *
 * The points of all rules for one kind are taken as independent witnesses: of 100 assets, 60 that one of them names leave 40, of which the next names its
 * share. What speaks against a kind takes its share of that. Kinds then compete with one another, and with none of them, by their odds; the kind with the
 * highest is it when it is more likely than not. Its confidence is what remains after the others took theirs; the next best is kept as the runner-up.
 *
 * A port number gives no points, and a request that was refused or not answered gives none to either side. A person's word stands above all. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/world/kind-rules.h"
#include "analysis/world/resolve.h"

#define CONFIDENCE_NEEDED 50
#define CONFIDENCE_OF_RUNNER_UP 10
#define CONFIDENCE_OF_SIMULATED 65
#define CONFIDENCE_MOST 98   /* no rule is surer than that */
#define JUDGED 2048          /* verdicts at hand: in a large network there are some hundred kinds of traits */
#define CLAIMS 1024          /* claims of which it is at hand what they tell: many assets say the same */
#define CONTROLLERS_MANY 3   /* that a SCADA server reads and writes; an operator panel has fewer */

#define T(trait) ISTH_TRAIT (trait)

/* A control device answers in one of them. */
static const IsthTraits answers = T (ANSWERS_S7) | T (ANSWERS_CIP) | T (ANSWERS_MODBUS) | T (ANSWERS_PLC) | T (ANSWERS_RTU) | T (ANSWERS_IED) | T (ANSWERS_METER) |
                                  T (ANSWERS_FIELD) | T (ANSWERS_BUILDING) | T (ANSWERS_PANEL) | T (ANSWERS_OTHER);

/* What is claimed, and what that tells. */
typedef struct
{
  IsthTraits traits;
  uint32_t value; /* pool; 0: nobody asked yet */
  uint8_t attribute, confidence;
} Told;

/* The scratch of one pass: of each draft, of each word in the pool what was found (0: nobody asked). */
typedef struct
{
  IsthTraits *traits;
  IsthTraits *roles, *makers;
  Told *told; /* CLAIMS of them, by a hash of what is claimed: those that were asked for last */
} Kinds;

#define ASKED ((IsthTraits) 1 << 127)

IsthControl
isth_resolve_control (const IsthResolve *self,
                      uint32_t protocol)
{
  if (self->controls[protocol] == 0)
    self->controls[protocol] = (uint8_t) (1 + isth_protocol_get_control (isth_resolve_text (self, protocol)));
  return self->controls[protocol] - 1;
}

static const IsthDraft *
root_of (const IsthResolve *self,
         const IsthDraft *draft)
{
  while (draft->parent != ISTH_NONE)
    draft = &self->drafts[draft->parent];
  return draft;
}

/* A master that starts or stops the nodes of its bus, or a control centre that restarts an outstation, does no engineering. */
static bool
is_mode_of_controller (IsthControl control)
{
  return control != ISTH_CONTROL_FIELD && control != ISTH_CONTROL_RTU && control != ISTH_CONTROL_IED && control != ISTH_CONTROL_BUILDING;
}

/* Stations report to whom told them to: who opened the connection on which one reports is its control centre, though the capture began after it asked. */
bool
isth_resolve_takes_reports (const IsthResolve *self,
                            const IsthDraftLink *link)
{
  IsthControl control = isth_resolve_control (self, link->protocol);

  if ((control != ISTH_CONTROL_RTU && control != ISTH_CONTROL_IED) || !link->against || link->from == link->to)
    return false;
  for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
    if (g_array_index (self->operations, IsthDraftOperation, o).verb == ISTH_OP_REPORT)
      return true;
  return false;
}

/* What the answered operations of a link show of its two ends; false when none was. */
static bool
read_link (const IsthResolve *self,
           Kinds *kinds,
           const IsthDraftLink *link,
           IsthControl control)
{
  IsthTraits from = T (ASKS_CONTROL), to = isth_traits_of_answers (control);
  bool served = false;

  for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
    {
      const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, o);

      if (!operation->ok || !isth_verb_is_deed (operation->verb))
        continue;
      served = true;
      if (operation->verb == ISTH_OP_WRITE)
        {
          to |= T (ACCEPTS_WRITES);
          from |= T (ASKS_WRITES);
        }
      if (operation->verb == ISTH_OP_PROGRAM || operation->verb == ISTH_OP_UPLOAD || operation->verb == ISTH_OP_FIRMWARE)
        {
          to |= T (ACCEPTS_PROGRAM);
          from |= T (ASKS_PROGRAM);
        }
      if (operation->verb == ISTH_OP_CONTROL && is_mode_of_controller (control))
        {
          to |= T (ACCEPTS_PROGRAM);
          from |= T (ASKS_MODE);
        }
      if (operation->steady && (operation->verb == ISTH_OP_READ || operation->verb == ISTH_OP_SUBSCRIBE))
        from |= T (ASKS_STEADILY);
    }
  if (!served)
    return false;
  if (control == ISTH_CONTROL_RTU || control == ISTH_CONTROL_IED)
    from |= T (ASKS_STATIONS);
  kinds->traits[link->from] |= from;
  kinds->traits[link->to] |= to;
  return true;
}

static int
compare_pairs (const void *a,
               const void *b)
{
  const uint32_t *x = a, *y = b;

  return x[0] != y[0] ? isth_compare_numbers (x[0], y[0]) : isth_compare_numbers (x[1], y[1]);
}

static void
read_links (IsthResolve *self,
            Kinds *kinds)
{
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (uint32_t[2])); /* who asks, the device that answers */
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      IsthControl control = isth_resolve_control (self, link->protocol);
      uint32_t who = link->from, whom = link->to;

      if (isth_resolve_takes_reports (self, link))
        {
          who = link->to;
          whom = link->from;
          kinds->traits[who] |= T (ASKS_CONTROL) | T (ASKS_STATIONS);
        }
      else if (control == ISTH_CONTROL_NOT || link->against || !read_link (self, kinds, link, control))
        continue;
      g_array_append_vals (pairs, (uint32_t[1][2]) { { who, (uint32_t) (root_of (self, &self->drafts[whom]) - self->drafts) } }, 1);
    }
  g_array_sort (pairs, compare_pairs);
  for (uint32_t i = 0; i < pairs->len; i++)
    {
      const uint32_t *pair = (const uint32_t *) (void *) pairs->data + i * 2;

      n = i && pair[-2] == pair[0] ? n + (pair[-1] != pair[1]) : 1;
      if (n >= CONTROLLERS_MANY)
        kinds->traits[pair[0]] |= T (ASKS_MANY);
    }
}

/* A child that answered, or of which somebody said what it is. */
static bool
was_heard_of (const IsthResolve *self,
              const Kinds *kinds,
              const IsthDraft *draft)
{
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    if (self->stations[self->by_draft[i]].row->flags & (ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_NAMED))
      return true;
  return (kinds->traits[draft - self->drafts] & answers) != 0;
}

static IsthTraits
read_claim (const IsthResolve *self,
            Kinds *kinds,
            const IsthDraftClaim *claim)
{
  Told *told = &kinds->told[isth_hash_mix ((uint64_t) claim->value << 16 | claim->attribute << 8 | claim->confidence, 0) % CLAIMS];

  if (claim->value == 0 || told->value != claim->value || told->attribute != claim->attribute || told->confidence != claim->confidence)
    *told = (Told) { isth_traits_of_claim (claim->attribute, isth_resolve_text (self, claim->value), claim->confidence),
                     claim->value, claim->attribute, claim->confidence };
  return told->traits;
}

static IsthTraits
read_claims (const IsthResolve *self,
             Kinds *kinds,
             const IsthDraft *draft)
{
  IsthTraits traits = 0;

  for (uint32_t i = draft->first_claim; i < draft->first_claim + draft->n_claims; i++)
    traits |= read_claim (self, kinds, &g_array_index (self->claims, IsthDraftClaim, i));
  return traits;
}

/* Roles and protocols. */
static IsthTraits
read_words (const IsthResolve *self,
            Kinds *kinds,
            const GArray *words,
            uint32_t first,
            uint32_t n)
{
  IsthTraits traits = 0;

  for (uint32_t i = first; i < first + n; i++)
    {
      uint32_t word = g_array_index (words, IsthDraftWord, i).word;

      if (kinds->roles[word] == 0)
        kinds->roles[word] = ASKED | isth_traits_of_role (isth_resolve_text (self, word));
      traits |= kinds->roles[word];
    }
  return traits & ~ASKED;
}

static IsthTraits
read_maker (const IsthResolve *self,
            Kinds *kinds,
            const IsthDraft *draft)
{
  static const uint8_t host_adapter[] = { 0x00, 0x50, 0x56, 0xc0 }; /* by which a computer talks with the virtual machines that it runs */
  uint32_t vendor = isth_draft_vendor (self, draft);
  IsthTraits traits;

  if (vendor == ISTH_NONE)
    return 0;
  if (kinds->makers[vendor] == 0)
    kinds->makers[vendor] = ASKED | isth_traits_of_maker (isth_resolve_text (self, vendor));
  traits = kinds->makers[vendor] & ~ASKED;
  if (traits & T (SAYS_VIRTUAL) && (draft->mac == ISTH_NONE || memcmp (isth_resolve_mac (self, draft->mac)->bytes, host_adapter, sizeof host_adapter) == 0))
    traits &= ~T (SAYS_VIRTUAL);
  return traits;
}

/* The last step of a path says what kind of child it is. */
static IsthTraits
read_path (const char *path)
{
  const char *step = g_strrstr (path, " > ");

  return isth_traits_of_child (step ? step + 3 : path);
}

/* Behind a router, under an address that is not the site's: before levels.c knows its side. */
static bool
lies_outside (const IsthResolve *self,
              const IsthDraft *draft)
{
  return draft->behind != ISTH_NONE && draft->ip != ISTH_NONE && !isth_resolve_is_inside (self, isth_resolve_ip (self, draft->ip));
}

static void
read_traits (IsthResolve *self,
             Kinds *kinds)
{
  g_autofree uint32_t *units = g_new0 (uint32_t, MAX (self->n_drafts, 1));

  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      const IsthDraft *draft = &self->drafts[i];
      IsthTraits *traits = &kinds->traits[i];

      if (draft->router)
        *traits |= T (ROUTES);
      if (draft->translates)
        *traits |= T (TRANSLATES);
      if (draft->virtual)
        *traits |= T (VIRTUAL_MAC);
      if (draft->parent != ISTH_NONE && was_heard_of (self, kinds, draft))
        {
          const char *path = isth_resolve_text (self, draft->path);

          *traits |= read_path (path);
          if ((g_str_has_prefix (path, "modbus-unit:") || g_str_has_prefix (path, "hart:") || g_str_has_prefix (path, "hart-poll:")) && ++units[draft->parent] > 1)
            kinds->traits[draft->parent] |= T (HAS_UNITS);
        }
      if (draft->spoke || draft->depth > 0 || *traits) /* who never said a word plays no role */
        *traits |= read_words (self, kinds, self->roles, draft->first_role, draft->n_roles) |
                   read_words (self, kinds, self->protocols, draft->first_protocol, draft->n_protocols);
      if (!lies_outside (self, draft))
        *traits &= ~T (SERVES_OUTSIDE);
      *traits |= read_claims (self, kinds, draft) | read_maker (self, kinds, draft);
    }
}

static bool
is_computer (IsthKind kind)
{
  static const IsthKind computers[] = { ISTH_KIND_ENGINEERING_WORKSTATION, ISTH_KIND_HISTORIAN, ISTH_KIND_HMI, ISTH_KIND_OPC_SERVER, ISTH_KIND_SCADA_SERVER, ISTH_KIND_SERVER };

  for (size_t i = 0; i < G_N_ELEMENTS (computers); i++)
    if (computers[i] == kind)
      return true;
  return false;
}

/* A computer, as far as is known: what it answers as a device may be a simulation of one. What says, or has the maker or name, that fits the device is it. */
static bool
is_simulator (IsthTraits traits)
{
  const IsthTraits computer = T (NAMED_DESKTOP) | T (NAMED_LAPTOP) | T (SAYS_DESKTOP) | T (SAYS_LAPTOP) | T (SAYS_CLIENT_OS) | T (SEEMS_DESKTOP) | T (SAYS_VIRTUAL);

  return traits & computer && !(traits & (T (SAYS_PLC) | T (PLANT_MAKER) | T (NAMED_PLC)));
}

/* A person's word or a dissector's proof; of those the shown one. What answers as a device but calls itself a desktop may be a simulation of one. */
static bool
take_word (const IsthResolve *self,
           IsthTraits traits,
           IsthDraft *draft)
{
  const IsthDraftClaim *claim = isth_draft_shown (self, draft, ISTH_ATTRIBUTE_KIND);
  IsthKind kind = claim ? isth_kind_from_name (isth_resolve_text (self, claim->value)) : ISTH_N_KINDS;

  if (kind == ISTH_N_KINDS || claim->confidence < ISTH_CONFIDENCE_PARSED)
    return false;
  draft->kind = kind;
  draft->kind_confidence = claim->confidence;
  if (claim->confidence < ISTH_CONFIDENCE_PERSON && !is_computer (kind) && traits & (T (NAMED_DESKTOP) | T (NAMED_LAPTOP) | T (SAYS_DESKTOP) | T (SAYS_LAPTOP) | T (SAYS_CLIENT_OS)))
    draft->kind_confidence = CONFIDENCE_OF_SIMULATED;
  if (claim->confidence == ISTH_CONFIDENCE_PERSON)
    draft->kind_reason = isth_resolve_person (claim);
  else
    draft->kind_reason = _("The protocol that it answers says what it is");
  return true;
}

/* What the rules say of each kind. */
typedef struct
{
  int left;    /* of 1,000 assets, those that no rule took yet */
  int against; /* of 1,000, those that stay */
  uint8_t rules[ISTH_KIND_RULES]; /* the strongest, 1 + their number; 0: none */
} Votes;

static void
note_rule (Votes *votes,
           uint8_t number)
{
  int points = isth_kind_rules[number].points;
  int place = 0;

  if (points < 0)
    {
      votes->against = votes->against * (100 + points) / 100;
      return;
    }
  votes->left = votes->left * (100 - points) / 100;
  while (place < ISTH_KIND_RULES && votes->rules[place] && isth_kind_rules[votes->rules[place] - 1].points >= points)
    place++;
  if (place == ISTH_KIND_RULES)
    return;
  for (int i = ISTH_KIND_RULES - 1; i > place; i--)
    votes->rules[i] = votes->rules[i - 1];
  votes->rules[place] = (uint8_t) (number + 1);
}

/* A thousand times the odds. */
static int64_t
get_odds (const Votes *votes)
{
  int share = (1000 - votes->left) * votes->against / 1000;

  share = MIN (share, CONFIDENCE_MOST * 10);
  return (int64_t) share * 1000 / (1000 - share);
}

static void
judge (IsthTraits traits,
       IsthDraft *draft)
{
  Votes votes[ISTH_N_KINDS];
  int64_t odds[ISTH_N_KINDS] = { 0 }, all = 1000;
  IsthKind best = ISTH_KIND_UNKNOWN, second = ISTH_KIND_UNKNOWN;

  for (IsthKind kind = 0; kind < ISTH_N_KINDS; kind++)
    votes[kind] = (Votes) { .left = 1000, .against = 1000 };
  for (uint8_t i = 0; i < isth_n_kind_rules; i++)
    if ((traits & isth_kind_rules[i].needs) == isth_kind_rules[i].needs && !(traits & isth_kind_rules[i].without))
      note_rule (&votes[isth_kind_rules[i].kind], i);
  for (IsthKind kind = 1; kind < ISTH_N_KINDS; kind++)
    {
      odds[kind] = get_odds (&votes[kind]);
      all += odds[kind];
      if (odds[kind] > odds[best])
        {
          second = best;
          best = kind;
        }
      else if (odds[kind] > odds[second])
        second = kind;
    }

  if (odds[best] == 0)
    draft->kind_reason = _("Nothing that was seen tells what it is");
  else if (odds[best] * 100 < all * CONFIDENCE_NEEDED)
    {
      draft->kind_reason = _("What was seen fits several kinds");
      second = best; /* told as what it may be */
    }
  else
    {
      draft->kind = best;
      draft->kind_confidence = (uint8_t) ((odds[best] * 100 + all / 2) / all);
      memcpy (draft->kind_rules, votes[best].rules, sizeof draft->kind_rules);
      draft->kind_reason = _(isth_kind_rules[votes[best].rules[0] - 1].reason);
    }
  if (second != ISTH_KIND_UNKNOWN && odds[second] * 100 >= all * CONFIDENCE_OF_RUNNER_UP)
    {
      draft->other_kind = second;
      draft->other_confidence = (uint8_t) ((odds[second] * 100 + all / 2) / all);
      draft->other_rule = votes[second].rules[0];
    }
}

static void
copy_verdict (IsthDraft *draft,
              const IsthDraft *judged)
{
  draft->kind = judged->kind;
  draft->kind_confidence = judged->kind_confidence;
  draft->kind_reason = judged->kind_reason;
  memcpy (draft->kind_rules, judged->kind_rules, sizeof draft->kind_rules);
  draft->other_kind = judged->other_kind;
  draft->other_confidence = judged->other_confidence;
  draft->other_rule = judged->other_rule;
}

const char *
isth_kind_rule_get_reason (uint8_t rule)
{
  return rule > 0 && rule <= isth_n_kind_rules ? isth_kind_rules[rule - 1].reason : "";
}

void
isth_resolve_kinds (IsthResolve *self)
{
  g_autofree IsthTraits *traits = g_new0 (IsthTraits, MAX (self->n_drafts, 1));
  g_autofree IsthTraits *words = g_new0 (IsthTraits, MAX (self->pool.n, 1) * 2);
  g_autofree Told *told = g_new0 (Told, CLAIMS);
  Kinds kinds = { traits, words, words + self->pool.n, told };
  uint32_t judged[JUDGED];

  memset (judged, 0xff, sizeof judged);

  self->controls = g_new0 (uint8_t, self->pool.n);
  read_links (self, &kinds);
  read_traits (self, &kinds);
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      IsthDraft *draft = &self->drafts[i];

      uint32_t *alike = &judged[isth_hash_bytes ((const uint8_t *) &traits[i], sizeof traits[i], 0) % JUDGED];

      if (is_simulator (traits[i]))
        draft->deeds |= ISTH_DEED_COMPUTER;
      if (take_word (self, traits[i], draft))
        continue;
      if (*alike != ISTH_NONE && traits[*alike] == traits[i]) /* the rules know nothing else; most have no trait at all */
        copy_verdict (draft, &self->drafts[*alike]);
      else
        judge (traits[i], draft);
      *alike = i;
    }
}
