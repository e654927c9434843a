/** What the brackets of a mail's subject say: `[RFC PATCH v3 02/10] …`. */

/** A subject taken apart. */
export interface SubjectMarks {
  /** It begins with `Re:` or the like: a reply. */
  readonly reply: boolean;
  /** Words in the brackets other than numbers and versions: `RFC`, `PATCH`, `net-next`. */
  readonly words: readonly string[];
  readonly version: number;
  /** `k/n`; null without. `0.5/5`, inserted late, is number 0.5. */
  readonly number: number | null;
  readonly total: number | null;
  /** Whether a bracket has the word PATCH. */
  readonly isPatch: boolean;
  /** The subject behind the brackets. */
  readonly rest: string;
}

const REPLY = /^(?:re|aw|fwd?|sv|vs)(?:\[\d+\])?:[ \t]*/i;

/** Read the marks; `[PATCH1/8]` and a version anywhere in the brackets are understood. */
export function parseSubject(subject: string): SubjectMarks {
  let rest = subject.replace(/\s+/g, ' ').trim();
  let reply = false;
  const brackets: string[] = [];
  for (;;) {
    const prefix = REPLY.exec(rest)?.[0];
    if (prefix !== undefined) {
      reply = true;
      rest = rest.slice(prefix.length);
      continue;
    }
    const bracket = /^\[([^\]]*)\][ \t]*/.exec(rest);
    if (bracket === null) break;
    brackets.push(bracket[1] ?? '');
    rest = rest.slice(bracket[0].length);
  }
  return { reply, rest, ...readBrackets(brackets.join(' ')) };
}

function readBrackets(text: string): Omit<SubjectMarks, 'reply' | 'rest'> {
  const spaced = text.replace(/PATCH(?=v?\d)/gi, 'PATCH ').replaceAll(',', ' ');
  const words = spaced.split(/\s+/).filter((word) => word !== '');
  const count = words
    .map((word) => /^(\d+(?:\.\d+)?)\/(\d+)$/.exec(word))
    .find((match) => match !== null);
  const version = words.map((word) => /^v(\d+)$/i.exec(word)).find((match) => match !== null);
  return {
    words: words.filter((word) => !/^(?:\d+(?:\.\d+)?\/\d+|v\d+)$/i.test(word)),
    version: version === undefined || version === null ? 1 : Number(version[1]),
    number: count === undefined || count === null ? null : Number(count[1]),
    total: count === undefined || count === null ? null : Number(count[2]),
    isPatch: words.some((word) => /PATCH/i.test(word)),
  };
}
