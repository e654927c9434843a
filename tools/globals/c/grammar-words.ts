/** Words that the grammar of C tells from names. All others are alike to it. */

const WORDS = [
  'NULL TRUE FALSE true false nullptr defined offsetof sizeof return',
  'if else for while do switch case default break continue goto',
  'struct union enum typedef static extern auto register inline constexpr thread_local noreturn',
  'const volatile restrict signed unsigned long short _Atomic _Noreturn _Nonnull _Generic',
  '_Alignas _Alignof _alignof alignas alignof __alignof __alignof__',
  'asm __asm __asm__ __attribute __attribute__ __extension__ __inline __inline__ __forceinline __thread',
  '__restrict __restrict__ __volatile__ __based __cdecl __clrcall __declspec __fastcall __stdcall __thiscall',
  '__vectorcall __sptr __uptr __unaligned _unaligned __try __except __finally __leave',
  // Before a string they are a part of it.
  'L u U u8',
];

/** Types that it knows by name, and does not tell from each other. */
const TYPES = [
  'int bool char float double void size_t ssize_t intptr_t uintptr_t charptr_t ptrdiff_t nullptr_t',
  'max_align_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t',
  'char8_t char16_t char32_t char64_t',
];

/** By word, that which stands for it: itself, and `int` for all types. */
export const STANDS_FOR: ReadonlyMap<string, string> = new Map([
  ...wordsOf(WORDS).map((word) => [word, word] as const),
  ...wordsOf(TYPES).map((word) => [word, 'int'] as const),
]);

function wordsOf(lines: readonly string[]): string[] {
  return lines.join(' ').split(' ');
}

const [LENGTH_BITS, BYTE_BITS] = [5, 7] as const;

/** Two bytes and the length tell nearly all words from each other. */
function slotOf(first: number, last: number, length: number): number {
  return (((first << BYTE_BITS) | last) << LENGTH_BITS) | length;
}

interface GrammarWord {
  readonly bytes: Uint8Array;
  readonly standsFor: Uint8Array;
}

const wordsIn = new Map<number, GrammarWord[]>();
/** A bit for each slot that has words. */
const isUsed = new Uint8Array(1 << (2 * BYTE_BITS + LENGTH_BITS - 3));
for (const [word, other] of STANDS_FOR) {
  const [bytes, standsFor] = [bytesOf(word), bytesOf(other)];
  const slot = slotOf(bytes[0] ?? 0, bytes.at(-1) ?? 0, bytes.length);
  wordsIn.set(slot, [...(wordsIn.get(slot) ?? []), { bytes, standsFor }]);
  isUsed[slot >> 3] = (isUsed[slot >> 3] ?? 0) | (1 << (slot & 7));
}

function bytesOf(word: string): Uint8Array {
  return Uint8Array.from(Buffer.from(word, 'latin1'));
}

/** What stands for the word at [start, end) if it is one of the grammar's; null for all others. */
export function grammarWord(code: Uint8Array, start: number, end: number): Uint8Array | null {
  const length = end - start;
  if (length >> LENGTH_BITS !== 0) return null;
  const slot = slotOf(code[start] ?? 0, code[end - 1] ?? 0, length);
  if (((isUsed[slot >> 3] ?? 0) & (1 << (slot & 7))) === 0) return null;
  for (const { bytes, standsFor } of wordsIn.get(slot) ?? [])
    if (standsAt(bytes, code, start)) return standsFor;
  return null;
}

function standsAt(word: Uint8Array, code: Uint8Array, start: number): boolean {
  for (let at = 1; at < word.length; at += 1) if (word[at] !== code[start + at]) return false;
  return true;
}
