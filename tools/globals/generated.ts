/** Symbols of objects that have no variable in the source: what the compiler and macros make. */
import type { DataSymbol } from './elf.ts';

/** Symbols that macros inside functions, or the compiler, make without a name in the source. */
const GENERATED: readonly (readonly [RegExp, string])[] = [
  [/^__func__(\.\d+)?$|^__FUNCTION__/, 'compiler: the name of a function'],
  [/^__compound_literal\.\d+$/, 'compiler: a compound literal'],
  [/^C\.\d+\.\d+$|^CSWTCH\.\d+$|^\.L/, 'compiler: a constant'],
  [/^__key\.\d+$|^__key$|^__wait_key/, 'lockdep key inside an initialiser macro'],
  [/^__already_done(\.\d+)?$/, 'DO_ONCE_LITE, WARN_ONCE, pr_*_once'],
  [/^___?(?:done|warned|once_key|once)(\.\d+)?$/, 'DO_ONCE, WARN_ONCE'],
  [/^__warned(\.\d+)?$|^__print_once(\.\d+)?$/, 'WARN_ON_ONCE'],
  [/^_rs(\.\d+)?$/, '*_ratelimited'],
  [/^descriptor(\.\d+)?$|^__UNIQUE_ID_ddebug/, 'dynamic debug'],
  [/^__UNIQUE_ID_/, '__UNIQUE_ID'],
  [/^__percpu_rwsem_rc_/, 'DEFINE_PERCPU_RWSEM'],
  [/^rwsem_key(\.\d+)?$/, 'lockdep key inside percpu_init_rwsem'],
  [/^_\w+_static_(?:descs|infos)$/, 'DEFINE_PRINTKRB'],
  [/^__\w+_cookie$/, 'DEFINE_COOKIE'],
  [/_cgrp_subsys_(?:enabled|on_dfl)_key$/, 'SUBSYS() of cgroup_subsys.h'],
  [/^__uml_(?:setup|help)_/, 'boot parameters of UML'],
  [/^__(?:ksymtab|kstrtab|kstrtabns|kcrctab|kstrtab_ns)_/, 'EXPORT_SYMBOL'],
  [/^__export_symbol_|^__addressable_|^___addressable_/, '__ADDRESSABLE'],
  [/^__initcall_|^__exitcall_|^__setup_|^__setup_str_/, 'initcalls and boot parameters'],
  [/^__param_|^__param_str_|^__param_ops_|^__param_arr_|^__param_string_/, 'module_param'],
  [/^__tracepoint_|^__tpstrtab_|^__bpf_trace_tp_map_|^__SC[KT]__tp_func_/, 'TRACE_EVENT'],
  [/^event_|^__event_|^trace_event_|^print_fmt_|^str__|^__bpf_raw_tp/, 'TRACE_EVENT'],
  [/^__TRACE_SYSTEM_|^TRACE_SYSTEM_|^eval_map/, 'TRACE_DEFINE_ENUM'],
  [/^__kunit_/, 'kunit_test_suites() and DECLARE_KNOWN_BUG()'],
  [/^_eil_addr_|^__syscall_meta__|^types__|^args__/, 'system call metadata'],
  [/^__SCK__|^__static_call/, 'static calls'],
  [/^__bpf_ops_|^btf_|^__BTF_ID/, 'BPF'],
];

/** What made a symbol that the source does not name; null when nothing is known that does. */
export function explainGenerated({ name }: DataSymbol): string | null {
  return GENERATED.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Tables that the linker collects, notes and debugging data: no variable of anybody. */
const NO_VARIABLES =
  /^(?:__ksymtab|__kcrctab|\.discard|\.modinfo|__modver|\.note|__ex_table|__jump_table|\.export_symbol|__mcount_loc|\.altinstr|__bug_table)/;

export function isNoVariable({ name, section }: DataSymbol): boolean {
  return NO_VARIABLES.test(section) || name.startsWith('.L') || name.startsWith('$');
}
