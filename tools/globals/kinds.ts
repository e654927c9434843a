/**
 * What sort of thing a global variable is: the list by which conversions are planned, because each
 * sort has its own way into a namespace. Decided by type, by the macro that defines it, by how it is
 * used, and last by its name.
 */
import type { Path } from '../patch/types.ts';
import type { Owner, VariableFact } from './types.ts';

export const KINDS = [
  'lock',
  'namespace',
  'slab cache',
  'id table',
  'list head',
  'hash table',
  'bitmap',
  'notifier list',
  'wait queue',
  'timer',
  'work',
  'mount',
  'socket',
  'atomic counter',
  'per-cpu counter',
  'per-cpu',
  'counter',
  'limit',
  'string',
  'operations',
  'sysctl table',
  'constant table',
  'table',
  'hook',
  'object',
  'pointer',
  'scalar',
] as const;
export type Kind = (typeof KINDS)[number];

/** What of a reference matters here. */
interface UseOf {
  readonly access: string;
  readonly owner: Owner;
  readonly element: boolean;
}

/** By type alone, in the order in which they are tried. */
const BY_TYPE: readonly (readonly [RegExp, Kind])[] = [
  [
    /\b(?:raw_)?spinlock_t\b|\brwlock_t\b|\bseqlock_t\b|\bseqcount\w*_t\b|\blocal_lock_t\b|_lock_t\b/,
    'lock',
  ],
  [
    /\bstruct (?:mutex|rt_mutex|semaphore|rw_semaphore|percpu_rw_semaphore|srcu_struct|lock_class_key|static_key\w*)\b(?! *\*)/,
    'lock',
  ],
  [
    /\bstruct (?:\w*_namespace|net|nsproxy|user_namespace|pid_namespace|ipc_namespace)(?! *\*)$/,
    'namespace',
  ],
  [/\bkmem_cache_t ?\*|\bstruct kmem_cache ?\*|\bmempool_t ?\*/, 'slab cache'],
  [/\bstruct (?:idr|ida|xarray|radix_tree_root|ipc_ids|maple_tree)\b(?! *\*)/, 'id table'],
  [
    /\bstruct hlist(?:_bl|_nulls)?_head\b.*\[|\bstruct (?:\w*hashinfo|\w*hash_bucket|rhashtable|\w*_hashtable)\b/,
    'hash table',
  ],
  [/\bstruct hlist(?:_bl|_nulls)?_head ?\*|\bstruct list_head ?\*/, 'hash table'],
  [/\bstruct (?:list|hlist|llist|plist|hlist_nulls|rb_root\w*)(?:_head)?\b(?! *\*)/, 'list head'],
  [/\bcpumask_t\b|\bcpumask_var_t\b|\bnodemask_t\b|\bstruct cpumask\b|\bstruct pidmap\b/, 'bitmap'],
  [/\bstruct \w*notifier_(?:head|block) ?\*|\bstruct \w*_notifier_head\b/, 'notifier list'],
  [/\bwait_queue_head_t\b|\bstruct (?:s?wait_queue_head|completion)\b/, 'wait queue'],
  [/\bstruct (?:timer_list|hrtimer)\b(?! *\*)/, 'timer'],
  [/\bstruct (?:work_struct|delayed_work|tasklet_struct|workqueue_struct|irq_work)\b/, 'work'],
  [/\bstruct (?:vfsmount|super_block|mount) ?\*/, 'mount'],
  [/\bstruct (?:socket|sock) ?\*/, 'socket'],
  [/\batomic(?:64|_long)?_t\b|\bstruct percpu_counter\b|\brefcount_t\b/, 'atomic counter'],
  [/\bstruct ctl_table\b|\bctl_table\b/, 'sysctl table'],
  [/\bstruct (?:\w+_(?:operations|ops)|proto_ops|proto)\b(?! *\*)/, 'operations'],
];

const SCALAR =
  /^(?:(?:const|volatile|unsigned|signed|long|int|short|char|__read_mostly|enum \w+) ?)+$|^(?:volatile )?(?:bool|size_t|loff_t|pid_t|uid_t|gid_t|u?int(?:8|16|32|64)_t|__?[usb]?e?(?:8|16|32|64)|[us](?:8|16|32|64)|u64|kernel_cap_t|cputime_t|cputime64_t|time_t|dev_t|sector_t|gfp_t)$/;
const NAMED_LIMIT =
  /^sysctl_|_(?:max|min|limit|thresh|threshold|high|low)$|^(?:max|min)_|max$|thresh/;

export function kindOf(fact: VariableFact, path: Path, uses: readonly UseOf[]): Kind {
  const { type, name } = fact;
  const found = BY_TYPE.find(([pattern]) => pattern.test(type))?.[1];
  if (found !== undefined && !(found === 'list head' && fact.array)) return found;
  if (found === 'list head') return 'hash table';
  const scalar = SCALAR.test(type.replace(/ \[[^\]]*\]/g, ''));
  if (fact.percpu) return scalar || /stat|mib|count/.test(type) ? 'per-cpu counter' : 'per-cpu';
  if (/^(?:const )?char \[|^(?:const )?char ?\*(?! *\[)/.test(type)) return 'string';
  if (/hash|_table/.test(name) && /\*/.test(type)) return 'hash table';
  if (type.startsWith('unsigned long [') && /map|mask|bits/.test(name)) return 'bitmap';
  if (/\(\s*\*/.test(type)) return 'hook';
  if (fact.isConst) return fact.array || /struct/.test(type) ? 'constant table' : 'scalar';
  if (scalar) return scalarKind(fact, uses);
  if (fact.array) return 'table';
  return type.includes('*') ? 'pointer' : 'object';
}

/** A number is a counter if the code counts with it, a limit if the administrator sets it. */
function scalarKind({ name, array }: VariableFact, uses: readonly UseOf[]): Kind {
  const set = uses.some(
    ({ owner, access }) =>
      access === 'address' && owner.kind === 'variable' && /table|ctl/.test(owner.name),
  );
  if (set || NAMED_LIMIT.test(name)) return 'limit';
  if (uses.some(({ access }) => access === 'update')) return 'counter';
  return array ? 'table' : 'scalar';
}
