/**
 * What OpenVZ did to the globals of Linux 2.6.18 (commit 9435a3ea2a, "028stab056.1"), by name: its own
 * `struct ve_struct` (include/linux/ve.h there) says what it moved.
 */
import type { GlobalVariable, Inventory } from '../../tools/globals/inventory.ts';
import type { Tally } from './corpus.ts';

type State = 'gone' | 'hidden' | 'only without VE' | 'kept' | 'not there';

/** The variables of that name at file scope, of the kernel itself and not of another one's driver. */
function definitions({ globals }: Inventory, spec: string): readonly GlobalVariable[] {
  const [path, name = spec] = spec.includes(':') ? spec.split(':') : [null];
  return globals.filter(
    (each) => each.name === name && each.inside === null && (path === null || each.path === path),
  );
}

/** What has become of a name. A new macro of the same name stands in its way: the context's. */
function stateOf(before: Inventory, after: Inventory, spec: string): State {
  const [old, now] = [definitions(before, spec), definitions(after, spec)];
  if (old.length === 0) return 'not there';
  if (now.length === 0) return 'gone';
  const hiding = (all: readonly GlobalVariable[]): number => all[0]?.hiddenBy.length ?? 0;
  if (hiding(now) > hiding(old)) return 'hidden';
  const without = (each: GlobalVariable): boolean =>
    each.conditions.some((text) => text.startsWith('!(defined(CONFIG_VE'));
  return now.every(without) ? 'only without VE' : 'kept';
}

/** Where these stand; the rest of the tree is drivers and architectures. */
const FOLDERS = `init kernel ipc mm fs net include/linux include/net
  drivers/char/pty.c drivers/char/tty_io.c drivers/net/loopback.c`;

/** Taken out of the source: into a namespace (UTS, IPC), `ve_arp_tbl`, or a scheduler of its own. */
const GONE = `system_utsname msg_ctlmax msg_ctlmnb msg_ctlmni msg_bytes msg_hdrs msg_ids sem_ids sem_ctls
  used_sems shm_ids shm_ctlmax shm_ctlall shm_ctlmni shm_tot arp_tbl kernel/sched.c:runqueues
  fs/devpts/inode.c:config net/ipv4/fib_rules.c:local_rule fs/lockd/svc.c:nlmsvc_users fs/lockd/svc.c:nlmsvc_pid`;

/** A macro of that name gives the context's: `#define loopback_dev (*get_exec_env()->_loopback_dev)`. */
const HIDDEN = `cap_bset mm/shmem.c:shm_mnt fs/devpts/inode.c:devpts_mnt proc_net proc_net_stat dev_base
  loopback_dev fib_tables net/ipv4/fib_rules.c:fib_rules net/ipv4/fib_semantics.c:fib_info_hash
  net/ipv4/fib_semantics.c:fib_info_laddrhash net/ipv4/fib_semantics.c:fib_hash_size
  net/ipv4/fib_semantics.c:fib_info_cnt net/core/dev.c:dev_tail fs/devpts/inode.c:devpts_root
  fs/sysfs/mount.c:sysfs_mount fs/sysfs/mount.c:sysfs_sb fs/sysfs/mount.c:sysfs_root
  fs/binfmt_misc.c:bm_mnt fs/fuse/inode.c:fuse_conn_list`;

/** Left out of a kernel with containers. */
const ONLY_WITHOUT = `net/ipv4/netfilter/ip_conntrack_core.c:ip_conntrack_hash
  fs/binfmt_misc.c:enabled fs/binfmt_misc.c:entries`;

/** The host's own: containers have another one in `struct ve_struct`. */
const KEPT_FOR_HOST = `child_reaper avenrun kernel/printk.c:log_buf kernel/user.c:uidhash_table allocated_ptys proc_mnt
  proc_root dev_name_head dev_index_head ipv4_devconf net/ipv4/devinet.c:ipv4_devconf_dflt
  net/ipv4/netfilter/iptable_filter.c:packet_filter
  net/ipv4/netfilter/ip_conntrack_core.c:ip_conntrack_count
  net/ipv4/netfilter/ip_conntrack_core.c:ip_conntrack_max kernel/printk.c:log_start
  kernel/printk.c:log_end kernel/printk.c:logged_chars kernel/printk.c:log_wait
  net/ipv4/icmp.c:icmp_statistics net/ipv4/ip_input.c:ip_statistics net/ipv4/tcp.c:tcp_statistics
  net/ipv4/udp.c:udp_statistics net/ipv4/af_inet.c:net_statistics net/netfilter/core.c:nf_hooks
  drivers/char/pty.c:ptm_driver drivers/char/pty.c:pts_driver mm/shmem.c:tmpfs_fs_type
  fs/proc/root.c:proc_fs_type fs/proc/root.c:proc_sys_root`;

/** Left for all: locks, hardware, tables with an owner in the key, and what beancounters count beside. */
const KEPT = `uts_sem saved_command_line loops_per_jiffy jiffies_64 kernel/printk.c:logbuf_lock console_printk
  cad_pid total_forks nr_threads max_threads process_counts kernel/fork.c:task_struct_cachep
  tasklist_lock kernel/pid.c:pid_hash kernel/pid.c:pidmap_array last_pid pid_max
  kernel/pid.c:pidmap_lock kernel/signal.c:sigqueue_cachep kernel/user.c:uidhash_lock root_user
  kernel/user.c:uid_cachep kernel/futex.c:futex_queues mq_lock mqueue_mnt queues_count queues_max
  ipc/mqueue.c:msg_max msgsize_max mm/mmap.c:vm_committed_space mm/mmap.c:sysctl_overcommit_memory
  totalram_pages nr_swap_pages swap_info malloc_sizes mount_hashtable namespace_sem vfsmount_lock
  super_blocks file_systems files_stat nr_files inode_hashtable dentry_hashtable file_lock_list
  core_pattern fs/exec.c:formats dquot_hash pty_limit root_table_header ptype_base ptype_all
  netdev_chain softnet_data net/core/rtnetlink.c:rtnl net_families sysctl_somaxconn unix_socket_table
  unix_nr_socks sysctl_unix_max_dgram_qlen nl_table packet_sklist rt_hash_table ipq_hash
  net/ipv4/ip_fragment.c:ip_frag_mem sysctl_ipfrag_high_thresh sysctl_icmp_echo_ignore_all
  net/ipv4/icmp.c:__icmp_socket tcp_hashinfo tcp_socket tcp_death_row tcp_memory_allocated udp_hash
  sysctl_local_port_range net/ipv4/af_inet.c:inetsw net/core/rtnetlink.c:rtnl_mutex`;

const words = (text: string): string[] => text.split(/\s+/);

const EXPECTED: readonly (readonly [state: State, names: readonly string[], more?: string])[] = [
  ['gone', words(GONE)],
  ['hidden', words(HIDDEN)],
  ['only without VE', words(ONLY_WITHOUT)],
  ['kept', words(KEPT_FOR_HOST), ' for the host'],
  ['kept', words(KEPT), ' for all'],
];

export const ovzGlobals = {
  folders: words(FOLDERS),
  /** Compare every name; the counts for the line. */
  compare: (before: Inventory, after: Inventory, tally: Tally): string => {
    const counts = EXPECTED.map(([state, specs, more = '']) => {
      for (const spec of specs) tally.same(spec, stateOf(before, after, spec), state);
      return `${specs.length} ${state}${more}`;
    });
    const { length } = before.globals;
    return `${counts.join(', ')}; ${length} variables before, ${after.globals.length} after`;
  },
};
