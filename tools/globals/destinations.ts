/**
 * The rules by which a destination is proposed, in the order in which they are tried: what OpenVZ and
 * later Linux itself did with globals of these sorts (utsname and IPC in 2.6.19, PIDs in 2.6.24, the
 * network from 2.6.24 on).
 */
import type { Reason } from './allow.ts';
import type { GlobalVariable } from './inventory.ts';
import type { Kind } from './kinds.ts';
import type { Context, Evidence } from './suggest.ts';

interface Staying {
  readonly reason: Reason;
  readonly because: string;
}

/** What stays whatever uses it. */
export const STAYING_KINDS: ReadonlyMap<Kind, Staying> = new Map<Kind, Staying>([
  ['lock', { reason: 'shared', because: 'a lock: one for all contexts costs nothing but waiting' }],
  ['slab cache', { reason: 'shared', because: 'a cache: its objects know their owners' }],
  ['operations', { reason: 'immutable', because: 'functions' }],
  [
    'sysctl table',
    { reason: 'immutable', because: 'names of sysctls, and where each has its value' },
  ],
  ['constant table', { reason: 'immutable', because: 'constants' }],
  ['notifier list', { reason: 'shared', because: 'handlers; what happened names the context' }],
  ['timer', { reason: 'shared', because: 'a timer of the whole machine' }],
]);

export interface Rule {
  readonly to: Context | 'stays';
  readonly reason?: Reason;
  readonly because: string;
  readonly fits: (evidence: Evidence) => boolean;
}

function under(...folders: readonly string[]): (evidence: Evidence) => boolean {
  return ({ variable }) => folders.some((folder) => variable.path.startsWith(folder));
}

function typed(pattern: RegExp): (evidence: Evidence) => boolean {
  return ({ variable }) => pattern.test(variable.type);
}

function named(pattern: RegExp): (evidence: Evidence) => boolean {
  return ({ variable }) => pattern.test(variable.name);
}

function all(
  ...conditions: readonly ((evidence: Evidence) => boolean)[]
): (evidence: Evidence) => boolean {
  return (evidence) => conditions.every((condition) => condition(evidence));
}

function ofKind(...kinds: readonly Kind[]): (evidence: Evidence) => boolean {
  return ({ variable }) => kinds.includes(variable.kind);
}

/** All system calls that reach it are of one sort, and there are some. */
function onlyFrom(calls: RegExp): (evidence: Evidence) => boolean {
  return ({ entries }) =>
    entries.calls.length > 0 && !entries.more && entries.calls.every((call) => calls.test(call));
}

const IPC_CALLS =
  /^(?:msg(?:get|snd|rcv|ctl)|sem(?:get|op|timedop|ctl)|shm(?:get|at|dt|ctl)|ipc|mq_\w+)$/;
const NAME_CALLS = /^(?:old|new)?(?:uname|sethostname|gethostname|setdomainname|olduname)$/;
/** What is handed to a registering function once, at boot or when a module comes. */
const REGISTERED =
  /^(?:static )?struct (?:file_system_type|linux_binfmt|net_protocol|net_proto_family|packet_type|inet_protosw|notifier_block|vm_operations_struct|rtnetlink_link|console)\b(?! *\*)/;

export const RULES: readonly Rule[] = [
  {
    to: 'stays',
    reason: 'test',
    because: 'of a unit test',
    fits: ({ variable }) => /_test\.c$|\/kunit\//.test(variable.path),
  },
  {
    to: 'stays',
    reason: 'hardware',
    because: 'of the architecture',
    fits: under('arch/'),
  },
  {
    to: 'stays',
    reason: 'immutable',
    because: 'registered once, the same for everyone',
    fits: typed(REGISTERED),
  },
  { to: 'uts', because: 'names of the host', fits: typed(/\b(?:new|old)?_?utsname\b/) },
  { to: 'uts', because: 'only reached by calls for names of the host', fits: onlyFrom(NAME_CALLS) },
  {
    to: 'stays',
    reason: 'immutable',
    because: 'bounds of a sysctl',
    fits: all(
      ({ variable, isWritten }) =>
        !isWritten &&
        variable.references.length > 0 &&
        variable.references.every(
          ({ owner, access }) => owner.kind === 'variable' && access === 'address',
        ),
      named(/min|max|limit|zero|one|least|most/),
      ({ variable }) => variable.storage === 'static',
    ),
  },
  { to: 'ipc', because: 'state of System V IPC or message queues', fits: under('ipc/') },
  { to: 'ipc', because: 'only reached by calls for IPC', fits: onlyFrom(IPC_CALLS) },
  {
    to: 'user',
    because: 'users, who have numbers of their own',
    fits: typed(/\bstruct user_struct(?! *\*)/),
  },
  {
    to: 'user',
    because: 'finds users by number',
    fits: all(named(/uid_?hash|uidhash/), ofKind('hash table')),
  },
  {
    to: 'pid',
    because: 'hands out numbers of tasks',
    fits: all(
      named(/^last_pid$|pidmap_array|child_reaper/),
      ({ variable }) => variable.kind !== 'lock',
    ),
  },
  {
    to: 'pid',
    because: 'the mount by which the kernel itself reaches /proc',
    fits: all(ofKind('mount'), under('fs/proc/')),
  },
  {
    to: 've',
    because: 'a file system that a container has to have of its own',
    fits: all(ofKind('mount'), named(/devpts|shm|tmpfs|sysfs|binfmt|bm_/)),
  },
  { to: 've', because: 'terminals by number', fits: named(/allocated_ptys|devpts_root/) },
  {
    to: 've',
    because: 'the log of messages, which tells of the host',
    fits: all(under('kernel/printk'), named(/^_*log_(?:buf|start|end|wait|buf_len)$|logged_chars/)),
  },
  { to: 've', because: 'load, of the tasks that one sees', fits: named(/^avenrun$/) },
  { to: 've', because: 'what a task may ever be allowed', fits: named(/^cap_bset$/) },
  { to: 've', because: 'where a crash is written, by path', fits: named(/^core_pattern$/) },
  { to: 'sched', because: 'tasks that wait for the processor', fits: named(/^runqueues$/) },
  {
    to: 'net',
    because: 'entries of /proc that tell of a network',
    fits: all(under('fs/proc/'), named(/^proc_net/)),
  },
  {
    to: 'net',
    because: 'a device',
    fits: typed(/^struct net_device(?: \*)?$|^struct net_device \*\*$/),
  },
  {
    to: 'net',
    because: 'finds devices, which belong to one network each',
    fits: all(under('net/core/dev.c'), named(/^dev_(?:name|index)_head$|ifindex/)),
  },
  { to: 'net', because: "the kernel's own socket", fits: all(ofKind('socket'), under('net/')) },
  {
    to: 'net',
    because: 'rules and tables of a network',
    fits: all(
      under('net/'),
      typed(
        /\bstruct (?:fib_table|fib_rule|ipt_table|xt_table|ip6t_table|ipv4_devconf|ipv6_devconf)\b/,
      ),
    ),
  },
  {
    to: 'net',
    because: 'counts packets, for netstat',
    fits: all(under('net/'), named(/_statistics$|_mib$/)),
  },
  {
    to: 'net',
    because: 'connections that packet filters know',
    fits: all(under('net/'), named(/conntrack_(?:hash|count|max|htable_size)|^ip_ct_\w*timeout/)),
  },
  {
    to: 'net',
    because: 'memory and time that fragments may take',
    fits: all(under('net/'), named(/ip_?frag_(?:mem|high|low|time|nqueues)|ipq_lru_list/)),
  },
  {
    to: 'stays',
    reason: 'keyed',
    because: 'a table whose key can have the network in it',
    fits: all(under('net/'), ofKind('hash table')),
  },
  {
    to: 'net',
    because: 'sockets that nothing else tells apart',
    fits: all(under('net/'), ofKind('list head'), named(/sklist/)),
  },
  {
    to: 'net',
    because: 'tables of filters by name',
    fits: all(under('net/'), named(/^(?:ipt|xt)_tables$/)),
  },
  {
    to: 'net',
    because: 'a choice that a network makes for itself',
    fits: all(
      under('net/'),
      ofKind('limit', 'scalar'),
      named(/somaxconn|dgram_qlen|local_port_range|icmp_echo|icmp_ignore|ip_forward|ipv4_devconf/),
    ),
  },
  {
    to: 'stays',
    reason: 'policy',
    because: 'a limit of the whole machine',
    fits: ofKind('limit'),
  },
  {
    to: 'stays',
    reason: 'keyed',
    because: 'a table with keys that are unique on the machine',
    fits: ofKind('hash table', 'id table'),
  },
  {
    to: 'stays',
    reason: 'immutable',
    because: 'not written after boot',
    fits: ({ isWritten, variable }) =>
      !isWritten && !variable.references.some(({ access }) => access === 'address'),
  },
  {
    to: 'stays',
    reason: 'shared',
    because: 'a list of objects, which know their owners',
    fits: ofKind('list head', 'wait queue', 'work'),
  },
];

interface Resource {
  readonly resource: string;
  readonly fits: (variable: GlobalVariable) => boolean;
}

const COUNTS: ReadonlySet<Kind> = new Set<Kind>(['counter', 'atomic counter', 'per-cpu counter']);

function counting(pattern: RegExp): (variable: GlobalVariable) => boolean {
  return ({ name, kind }) => COUNTS.has(kind) && pattern.test(name);
}

/** What user beancounters count beside a global figure; names are those of /proc/user_beancounters. */
export const RESOURCES: readonly Resource[] = [
  { resource: 'kmemsize', fits: ({ kind }) => kind === 'slab cache' },
  { resource: 'numproc', fits: counting(/^nr_(?:threads|tasks|processes)$/) },
  { resource: 'numfile', fits: ({ name }) => /^nr_files$|^files_stat$/.test(name) },
  { resource: 'numflock', fits: ({ name }) => name === 'file_lock_list' },
  { resource: 'numpty', fits: ({ name }) => /^pty_(?:count|limit)$/.test(name) },
  { resource: 'privvmpages', fits: counting(/^vm_committed/) },
  { resource: 'shmpages', fits: counting(/^shm_tot$/) },
  { resource: 'swappages', fits: ({ name }) => name === 'nr_swap_pages' },
  { resource: 'dcachesize', fits: ({ name }) => name === 'dentry_stat' },
  { resource: 'tcpsndbuf, tcprcvbuf', fits: counting(/^tcp_memory_allocated$/) },
  { resource: 'numtcpsock', fits: counting(/^tcp_sockets_allocated$/) },
  { resource: 'numothersock', fits: counting(/_nr_socks$|_socks_nr$/) },
];
