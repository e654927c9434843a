/**
 * What the parser must know about macros, because it reads source without preprocessing it. Kept
 * small on purpose: every line stands for a macro of Linux (2.6.18 to 6.x) or of the modelled kernel
 * that hides a variable, a function, or C that is no C before expansion. What is not listed is read
 * by its form (see `normalise.ts`).
 */

/** Words that are blanked out, with a parenthesised argument where one follows. Kept as attributes. */
const ATTRIBUTES = [
  // Where something lies, and when it may be used.
  '__init __exit __initdata __initconst __exitdata __devinit __devexit __devinitdata __devexitdata',
  '__devinitconst __cpuinit __cpuinitdata __meminit __meminitdata __memexit __net_init __net_exit',
  '__net_initdata __net_initconst __paginginit __init_or_module __initdata_or_module __refdata __ref',
  '__read_mostly __ro_after_init __lsm_ro_after_init __page_aligned_data __page_aligned_bss',
  '__initramfs_size __nosavedata __init_refok __exit_refok __used __section __head __initdata_memblock',
  '__cacheline_aligned __cacheline_aligned_in_smp ____cacheline_aligned __meminitconst __latent_entropy',
  '____cacheline_aligned_in_smp ____cacheline_internodealigned_in_smp __cpu_exit __init_memblock __bpf_kfunc',
  '__cacheline_internodealigned_in_smp __randomize_layout __designated_init __no_randomize_layout',
  // For sparse and the compiler's checks.
  '__user __kernel __iomem __rcu __percpu __force __nocast __safe __private __bitwise __bitwise__ __must_hold',
  '__acquires __releases __cond_acquires __acquire_shared __must_be_held __guarded_by __counted_by',
  '__must_check __deprecated __malloc __alloc_size __realloc_size __pure __attribute_const__ __nonstring',
  '__printf __scanf __format_arg __maybe_unused __always_unused __unused __visible __weak __packed __aligned',
  '__alias __noreturn NORET_TYPE ATTRIB_NORET __cold __hot __flatten __nonnull __returns_nonnull __no_kcsan',
  '__no_sanitize_address __no_sanitize_memory __no_sanitize_or_inline __no_kasan_or_inline __no_kcsan_or_inline',
  '__noendbr __nocfi __cficanonical __mode __attribute__ __attribute __extension__ __restrict __restrict__',
  '__used_by __no_stack_protector __no_profile __nostackprotector __no_caller_saved_registers __signal',
  '__FORTIFY_INLINE __diagnose_as __RENAME BPMP_ABI_PACKED',
  '__kprobes nokprobe_inline notrace noinstr noinline noinline_for_stack noinline_for_kasan __noinline',
  '__always_inline __inline __inline__ inline_for_tracing __gnu_inline asmlinkage fastcall __visible_default',
  '__cdecl __syscall_clobber __noclone __optimize __cpuidle __lockfunc __sched __weak_function no_llseek_attr',
  '__sched_text __irq_entry __softirq_entry __exception_irq_entry __bpf_hook_start __bpf_hook_end __free __cleanup',
  '__ro_after_init_or_module __vsyscall_fn __percpu_first __DISABLE_EXPORTS randomized_struct_fields_start',
  'randomized_struct_fields_end __private_data __compiletime_error __compiletime_warning __no_sanitize_undefined',
  'INDIRECT_CALLABLE_SCOPE __init_task_data const_debug __tracer_data __annotate_jump_table __ro_after_init_memblock __cpumask_var_read_mostly',
  '__init_thread_info __tracepoint_string __no_sanitize_thread __nosanitize __init_or_cpufreq __always_used __diag_ignore_all __bpf_private',
]
  .join(' ')
  .split(' ');

/** How a macro that defines a variable is read; arguments count from 0. */
export interface Definer {
  /** Which argument is the name. */
  readonly name: number;
  /** Which argument is the type; absent when the macro has one of its own. */
  readonly typeArgument?: number;
  /** The type that the macro has of its own. */
  readonly type?: string;
  /** Which argument is the length of an array. */
  readonly length?: number;
  /** What the macro puts before the name. */
  readonly prefix?: string;
  /** What it puts behind it. */
  readonly suffix?: string;
  readonly percpu?: boolean;
  /** It declares and does not define, as `extern` does. */
  readonly declares?: boolean;
  /** Made `static`, whether or not the word stands before it. */
  readonly isStatic?: boolean;
  /** The object cannot be written. */
  readonly isConst?: boolean;
  readonly attribute?: string;
}

function percpu(names: string, more: Partial<Definer> = {}): [string, Definer][] {
  return names
    .split(' ')
    .map((name) => [
      name,
      { name: 1, typeArgument: 0, percpu: true, declares: name.startsWith('DECLARE'), ...more },
    ]);
}

function typed(type: string, names: string, more: Partial<Definer> = {}): [string, Definer][] {
  return names.split(' ').map((name) => [name, { name: 0, type, ...more }]);
}

const DEFINERS: readonly [string, Definer][] = [
  ...percpu(
    'DEFINE_PER_CPU DEFINE_PER_CPU_LOCKED DEFINE_PER_CPU_SHARED_ALIGNED DEFINE_PER_CPU_ALIGNED DEFINE_PER_CPU_PAGE_ALIGNED',
  ),
  ...percpu(
    'DEFINE_PER_CPU_READ_MOSTLY DEFINE_PER_CPU_FIRST DEFINE_PER_CPU_DECRYPTED DEFINE_EARLY_PER_CPU',
  ),
  ...percpu(
    'DECLARE_PER_CPU DECLARE_PER_CPU_LOCKED DECLARE_PER_CPU_SHARED_ALIGNED DECLARE_PER_CPU_ALIGNED',
  ),
  ...percpu(
    'DECLARE_PER_CPU_READ_MOSTLY DECLARE_PER_CPU_FIRST DECLARE_PER_CPU_DECRYPTED DECLARE_PER_CPU_PAGE_ALIGNED',
  ),
  // Counters of packets by processor, until 2.6.27: `__typeof__(type) *name[2]`.
  ['DEFINE_SNMP_STAT', { name: 1, typeArgument: 0, percpu: true }],
  ['DECLARE_SNMP_STAT', { name: 1, typeArgument: 0, percpu: true, declares: true }],
  ...typed('spinlock_t', 'DEFINE_SPINLOCK'),
  ...typed('raw_spinlock_t', 'DEFINE_RAW_SPINLOCK'),
  ...typed('rwlock_t', 'DEFINE_RWLOCK'),
  ...typed('local_lock_t', 'DEFINE_LOCAL_LOCK'),
  ...typed('struct mutex', 'DEFINE_MUTEX'),
  ...typed('struct rt_mutex', 'DEFINE_RT_MUTEX'),
  ...typed('struct ww_class', 'DEFINE_WW_CLASS DEFINE_WD_CLASS'),
  ...typed('struct semaphore', 'DEFINE_SEMAPHORE DECLARE_MUTEX DECLARE_MUTEX_LOCKED'),
  ...typed('struct rw_semaphore', 'DECLARE_RWSEM'),
  ...typed('struct percpu_rw_semaphore', 'DEFINE_PERCPU_RWSEM DEFINE_STATIC_PERCPU_RWSEM'),
  ...typed('seqlock_t', 'DEFINE_SEQLOCK'),
  ...typed('struct lg_lock', 'DEFINE_LGLOCK DEFINE_STATIC_LGLOCK'),
  ...typed('struct srcu_struct', 'DEFINE_SRCU'),
  ...typed('struct srcu_struct', 'DEFINE_STATIC_SRCU', { isStatic: true }),
  ...typed('struct list_head', 'LIST_HEAD'),
  ...typed('struct hlist_head', 'HLIST_HEAD'),
  ...typed('struct hlist_nulls_head', 'HLIST_NULLS_HEAD'),
  ...typed('struct llist_head', 'LLIST_HEAD'),
  ...typed('struct plist_head', 'PLIST_HEAD'),
  ...typed('struct hlist_head', 'DEFINE_HASHTABLE DECLARE_HASHTABLE DEFINE_READ_MOSTLY_HASHTABLE', {
    length: 1,
  }),
  ...typed('struct radix_tree_root', 'RADIX_TREE'),
  ...typed(
    'struct xarray',
    'DEFINE_XARRAY DEFINE_XARRAY_FLAGS DEFINE_XARRAY_ALLOC DEFINE_XARRAY_ALLOC1',
  ),
  ...typed('struct idr', 'DEFINE_IDR'),
  ...typed('struct ida', 'DEFINE_IDA'),
  ...typed('struct maple_tree', 'DEFINE_MTREE'),
  ...typed('wait_queue_head_t', 'DECLARE_WAIT_QUEUE_HEAD DECLARE_WAIT_QUEUE_HEAD_ONSTACK'),
  ...typed('struct swait_queue_head', 'DECLARE_SWAIT_QUEUE_HEAD DECLARE_SWAIT_QUEUE_HEAD_ONSTACK'),
  ...typed('wait_queue_entry_t', 'DECLARE_WAITQUEUE DEFINE_WAIT DEFINE_WAIT_FUNC DEFINE_WAIT_BIT'),
  ...typed('struct completion', 'DECLARE_COMPLETION DECLARE_COMPLETION_ONSTACK'),
  ...typed('struct work_struct', 'DECLARE_WORK'),
  ...typed('struct delayed_work', 'DECLARE_DELAYED_WORK DECLARE_DEFERRABLE_WORK'),
  ...typed('struct tasklet_struct', 'DECLARE_TASKLET DECLARE_TASKLET_OLD DECLARE_TASKLET_DISABLED'),
  ...typed('struct irq_work', 'DEFINE_IRQ_WORK'),
  ...typed('struct timer_list', 'DEFINE_TIMER'),
  ...typed('struct ratelimit_state', 'DEFINE_RATELIMIT_STATE'),
  ...typed('struct static_key_true', 'DEFINE_STATIC_KEY_TRUE DEFINE_STATIC_KEY_TRUE_RO'),
  ...typed('struct static_key_false', 'DEFINE_STATIC_KEY_FALSE DEFINE_STATIC_KEY_FALSE_RO'),
  ...typed('struct static_key', 'DEFINE_STATIC_KEY_MAYBE DEFINE_STATIC_KEY_MAYBE_RO', { name: 1 }),
  ...typed('struct static_key', 'DECLARE_STATIC_KEY_TRUE DECLARE_STATIC_KEY_FALSE', {
    declares: true,
  }),
  ...typed('struct static_key', 'DECLARE_STATIC_KEY_MAYBE', { declares: true, name: 1 }),
  ...typed('unsigned long', 'DECLARE_BITMAP', { length: 1 }),
  ...typed('struct atomic_notifier_head', 'ATOMIC_NOTIFIER_HEAD'),
  ...typed('struct blocking_notifier_head', 'BLOCKING_NOTIFIER_HEAD'),
  ...typed('struct raw_notifier_head', 'RAW_NOTIFIER_HEAD'),
  ...typed('struct srcu_notifier_head', 'SRCU_NOTIFIER_HEAD'),
  ...typed('struct srcu_notifier_head', 'SRCU_NOTIFIER_HEAD_STATIC', { isStatic: true }),
  ...typed('mempolicy_operations', 'DEFINE_MEMPOLICY'),
  ...typed('struct kfifo', 'DEFINE_KFIFO'),
  ...typed('struct device_attribute', 'DEVICE_ATTR DEVICE_ATTR_RW DEVICE_ATTR_RO DEVICE_ATTR_WO', {
    prefix: 'dev_attr_',
  }),
  ...typed('struct device_attribute', 'DEVICE_ATTR_ADMIN_RW DEVICE_ATTR_ADMIN_RO', {
    prefix: 'dev_attr_',
  }),
  ...typed('struct bus_attribute', 'BUS_ATTR BUS_ATTR_RW BUS_ATTR_RO BUS_ATTR_WO', {
    prefix: 'bus_attr_',
  }),
  ...typed('struct class_attribute', 'CLASS_ATTR CLASS_ATTR_RW CLASS_ATTR_RO CLASS_ATTR_WO', {
    prefix: 'class_attr_',
  }),
  ...typed('struct driver_attribute', 'DRIVER_ATTR DRIVER_ATTR_RW DRIVER_ATTR_RO DRIVER_ATTR_WO', {
    prefix: 'driver_attr_',
  }),
  ...typed(
    'struct static_call_key',
    'DEFINE_STATIC_CALL DEFINE_STATIC_CALL_NULL DEFINE_STATIC_CALL_RET0',
    {
      prefix: '__SCK__',
    },
  ),
  ...typed('struct static_call_key', 'DECLARE_STATIC_CALL', { prefix: '__SCK__', declares: true }),
  ...typed('struct ctl_table', 'DECLARE_SYSCTL_BASE', { suffix: '_base_table', isStatic: true }),
  ...typed('const struct attribute_group *', 'ATTRIBUTE_GROUPS', {
    suffix: '_groups',
    isStatic: true,
    length: 0,
  }),
  ...typed('struct kobj_attribute', 'power_attr power_attr_ro', {
    suffix: '_attr',
    isStatic: true,
  }),
  ...typed('struct gen_cookie', 'DEFINE_COOKIE', { isStatic: true }),
  ...typed('struct printk_ringbuffer', '_DEFINE_PRINTKRB DEFINE_PRINTKRB'),
  ...typed('const struct sched_class', 'DEFINE_SCHED_CLASS', {
    suffix: '_sched_class',
    isConst: true,
  }),
  ...typed('u32', 'BTF_ID_LIST BTF_ID_LIST_SINGLE BTF_ID_LIST_GLOBAL BTF_ID_LIST_GLOBAL_SINGLE', {
    length: 0,
  }),
];

/** Macros that define a function: `NAME(function, type, argument, …) {`. */
export const FUNCTION_DEFINER =
  /^(?:COMPAT_|NOTRACE_)?(?:SYSCALL(?:32|64)?_DEFINE|BPF_CALL_|SYSCALL_DEFINE_MAXARGS)\d?$/;

/**
 * Arguments that are no expressions: types and names of members. They are replaced by `0`, so that a
 * member called like a variable does not count as a use of it. Negative numbers count from the end.
 */
const NOT_EXPRESSIONS: readonly [string, readonly number[]][] = [
  ['container_of', [1, 2]],
  ['container_of_safe', [1, 2]],
  ['offsetof', [0, 1]],
  ['offsetofend', [0, 1]],
  ['sizeof_field', [0, 1]],
  ['FIELD_SIZEOF', [0, 1]],
  ['va_arg', [1]],
  ['struct_size', [1]],
  ['struct_size_t', [0, 1]],
  ['rb_entry', [1, 2]],
  ['rb_entry_safe', [1, 2]],
  ['list_entry', [1, 2]],
  ['list_first_entry', [1, 2]],
  ['list_first_entry_or_null', [1, 2]],
  ['list_first_or_null_rcu', [1, 2]],
  ['list_last_entry', [1, 2]],
  ['list_entry_rcu', [1, 2]],
  ['list_next_entry', [1]],
  ['list_prev_entry', [1]],
  ['hlist_entry', [1, 2]],
  ['hlist_entry_safe', [1, 2]],
  ['hlist_nulls_entry', [1, 2]],
  ['llist_entry', [1, 2]],
  ['plist_first_entry', [1, 2]],
  ['__builtin_types_compatible_p', [0, 1]],
  ['KMEM_CACHE', [0]],
  ['min_t', [0]],
  ['max_t', [0]],
  ['clamp_t', [0]],
];
/** Loops over members: what is called so has the member as its last argument. */
export const LOOP_OVER_MEMBERS = /for_each_entry/;

/** What a macro or function does to the variable that is its first argument, where that is no `&x`. */
const ACCESSORS: readonly [string, 'read' | 'write' | 'update'][] = [
  ['READ_ONCE', 'read'],
  ['WRITE_ONCE', 'write'],
  ['ACCESS_ONCE', 'read'],
  ['rcu_dereference', 'read'],
  ['rcu_assign_pointer', 'write'],
  ['RCU_INIT_POINTER', 'write'],
  ['this_cpu_read', 'read'],
  ['__this_cpu_read', 'read'],
  ['this_cpu_write', 'write'],
  ['__this_cpu_write', 'write'],
  ['this_cpu_add', 'update'],
  ['__this_cpu_add', 'update'],
  ['this_cpu_sub', 'update'],
  ['__this_cpu_sub', 'update'],
  ['this_cpu_inc', 'update'],
  ['__this_cpu_inc', 'update'],
  ['this_cpu_dec', 'update'],
  ['__this_cpu_dec', 'update'],
];

/** Macros that stand for the per-cpu variable which is their first argument: they change nothing. */
const TRANSPARENT = ['per_cpu', '__get_cpu_var', 'get_cpu_var', '__raw_get_cpu_var', 'data_race'];

export const ATTRIBUTE_WORDS: ReadonlySet<string> = new Set(ATTRIBUTES);
export const DEFINER_OF: ReadonlyMap<string, Definer> = new Map(DEFINERS);
export const NOT_EXPRESSION: ReadonlyMap<string, readonly number[]> = new Map(NOT_EXPRESSIONS);
export const ACCESSOR_OF: ReadonlyMap<string, 'read' | 'write' | 'update'> = new Map(ACCESSORS);
export const TRANSPARENT_MACROS: ReadonlySet<string> = new Set(TRANSPARENT);
