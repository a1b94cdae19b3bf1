/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells ThreadSanitizer what waits for what within GLib, which is not built with it: else every use of a GMutex, a queue, a task or an idle source would
 * look like a race, and suppressing all of GLib would hide ours. Preloaded by tests/races/run; each function here calls the one it stands for. */
#include <dlfcn.h>
#include <gio/gio.h>

extern void __tsan_acquire (void *) __attribute__ ((weak));
extern void __tsan_release (void *) __attribute__ ((weak));

/* What was done before give (@at) is done when somebody takes it. */
static void
give (gconstpointer at)
{
  if (__tsan_release)
    __tsan_release ((void *) at);
}

static void
take (gconstpointer at)
{
  if (__tsan_acquire)
    __tsan_acquire ((void *) at);
}

/* The function of GLib that @name here hides, as type Name. */
#define REAL(name) \
  static __typeof__ (&name) real; \
  if (!real) \
    real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

/* Locks */
void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  take (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  REAL (g_mutex_trylock);
  gboolean locked = real (mutex);

  if (locked)
    take (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  give (mutex);
  real (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  REAL (g_cond_wait);
  give (mutex);
  real (cond, mutex);
  take (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end)
{
  REAL (g_cond_wait_until);
  gboolean woken;

  give (mutex);
  woken = real (cond, mutex, end);
  take (mutex);
  return woken;
}

/* Made once. The macro that asks whether it is there looks at the word itself. */
#undef g_once_init_enter
#undef g_once_init_leave
gboolean
(g_once_init_enter) (volatile void *location)
{
  static gboolean (*real) (volatile void *);
  gboolean mine;

  if (!real)
    real = (gboolean (*) (volatile void *)) dlsym (RTLD_NEXT, "g_once_init_enter");
  mine = real (location);
  take ((void *) location);
  return mine;
}

void
(g_once_init_leave) (volatile void *location,
                     gsize          result)
{
  static void (*real) (volatile void *, gsize);

  if (!real)
    real = (void (*) (volatile void *, gsize)) dlsym (RTLD_NEXT, "g_once_init_leave");
  give ((void *) location);
  real (location, result);
}

gpointer
g_once_impl (GOnce      *once,
             GThreadFunc func,
             gpointer    arg)
{
  REAL (g_once_impl);
  gpointer value = real (once, func, arg);

  give (once);
  take (once);
  return value;
}

/* Queues */
void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  REAL (g_async_queue_push);
  give (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_pop);
  gpointer data = real (queue);

  take (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_try_pop);
  gpointer data = real (queue);

  take (queue);
  return data;
}

/* Counted things: whoever lets go last sees what all others did before they let go. */
#define COUNTED(name, type) \
  void \
  name (type thing) \
  { \
    REAL (name); \
    give (thing); \
    take (thing); \
    real (thing); \
  }

#undef g_object_unref
COUNTED (g_object_unref, gpointer)
COUNTED (g_bytes_unref, GBytes *)
COUNTED (g_hash_table_unref, GHashTable *)
COUNTED (g_ptr_array_unref, GPtrArray *)
COUNTED (g_async_queue_unref, GAsyncQueue *)

void
g_atomic_rc_box_release_full (gpointer       box,
                              GDestroyNotify clear)
{
  REAL (g_atomic_rc_box_release_full);
  give (box);
  take (box);
  real (box, clear);
}

/* Sources of the main loop */
typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  take (call);
  return call->func (call->data);
}

static void
free_call (gpointer data)
{
  Call *call = data;

  take (call);
  if (call->notify)
    call->notify (call->data);
  g_free (call);
}

static Call *
make_call (GSourceFunc    func,
           gpointer       data,
           GDestroyNotify notify)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ func, data, notify };
  give (call);
  return call;
}

guint
g_idle_add_full (gint           priority,
                 GSourceFunc    func,
                 gpointer       data,
                 GDestroyNotify notify)
{
  REAL (g_idle_add_full);
  return real (priority, run_call, make_call (func, data, notify), free_call);
}

/* Threads of a pool */
typedef struct
{
  GFunc func;
  gpointer user_data;
} Work;

static void
run_work (gpointer data,
          gpointer user_data)
{
  Work *work = user_data;

  take (work);
  work->func (data, work->user_data);
  give (work);
}

GThreadPool *
g_thread_pool_new (GFunc     func,
                   gpointer  user_data,
                   gint      most,
                   gboolean  exclusive,
                   GError  **error)
{
  REAL (g_thread_pool_new);
  Work *work = g_new (Work, 1); /* pools of these programs live as long as they do */
  GThreadPool *pool;

  *work = (Work){ func, user_data };
  pool = real (run_work, work, most, exclusive, error);
  if (pool)
    pool->user_data = work;
  return pool;
}

gboolean
g_thread_pool_push (GThreadPool *pool,
                    gpointer     data,
                    GError     **error)
{
  REAL (g_thread_pool_push);
  give (pool->user_data);
  return real (pool, data, error);
}

/* Tasks: from who asks to the worker, and from the worker to who is answered. */
static GQuark
func_quark (void)
{
  return g_quark_from_static_string ("isthmus-races-func");
}

static void
run_task (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GTaskThreadFunc func = (GTaskThreadFunc) g_object_get_qdata (G_OBJECT (task), func_quark ());

  take (task);
  func (task, source, data, cancellable);
  give (task);
}

void
g_task_run_in_thread (GTask          *task,
                      GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread);
  g_object_set_qdata (G_OBJECT (task), func_quark (), (gpointer) func);
  give (task);
  real (task, run_task);
}

void
g_task_return_boolean (GTask   *task,
                       gboolean result)
{
  REAL (g_task_return_boolean);
  give (task);
  real (task, result);
}

void
g_task_return_pointer (GTask         *task,
                       gpointer       result,
                       GDestroyNotify clear)
{
  REAL (g_task_return_pointer);
  give (task);
  real (task, result, clear);
}

void
g_task_return_error (GTask  *task,
                     GError *error)
{
  REAL (g_task_return_error);
  give (task);
  real (task, error);
}

void
g_task_return_new_error (GTask      *task,
                         GQuark      domain,
                         gint        code,
                         const char *format,
                         ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_task_return_error (task, g_error_new_valist (domain, code, format, arguments));
  va_end (arguments);
}

gboolean
g_task_propagate_boolean (GTask   *task,
                          GError **error)
{
  REAL (g_task_propagate_boolean);
  take (task);
  return real (task, error);
}

gpointer
g_task_propagate_pointer (GTask   *task,
                          GError **error)
{
  REAL (g_task_propagate_pointer);
  take (task);
  return real (task, error);
}

gpointer
g_task_get_task_data (GTask *task)
{
  REAL (g_task_get_task_data);
  take (task);
  return real (task);
}
