/** What is done with a variable where its name stands, from the nodes above the name. */
import type { Access } from '../types.ts';
import type { NodeName } from './node-kinds.ts';
import { ACCESSOR_OF, TRANSPARENT_MACROS } from './macros.ts';

/** The nodes above the one that is looked at; level 0 is that one itself. */
export interface Ancestors {
  readonly text: string;
  kindAbove(level: number): NodeName;
  startAbove(level: number): number;
}

export interface Classified {
  readonly access: Access;
  readonly element: boolean;
}

/**
 * Climbs from the name as long as the node above still stands for the same object: a member with a
 * dot, an element, brackets. What is done to that is done to the variable.
 */
export function classifyUse(above: Ancestors, start: number, end: number): Classified {
  let element = false;
  let member = false;
  let from = start;
  let to = end;
  for (let level = 1; ; level += 1) {
    const kind = above.kindAbove(level);
    const at = above.startAbove(level);
    const first = at === from;
    switch (kind) {
      case 'parenthesized_expression':
        from = at;
        to = skipTo(above.text, to, ')');
        continue;
      case 'subscript_expression':
        if (!first) return { access: 'read', element };
        // What `x.y[1]` is an element of cannot be told without types: taken for an array in x.
        element ||= !member;
        to = endOfSubscript(above.text, to);
        continue;
      case 'field_expression':
        if (above.text.startsWith('->', skipBlanks(above.text, to)))
          return { access: 'read', element };
        member = true;
        to = endOfMember(above.text, to);
        continue;
      case 'assignment_expression':
        return { access: first ? assigned(above.text, to) : 'read', element };
      case 'update_expression':
        return { access: 'update', element };
      case 'gnu_asm_output_operand':
        return { access: 'write', element };
      case 'pointer_expression':
        return { access: above.text[at] === '&' ? 'address' : 'read', element };
      case 'sizeof_expression':
        return { access: 'sizeof', element };
      case 'call_expression':
        return { access: first && level === 1 ? 'call' : 'read', element };
      case 'argument_list': {
        const callee = calleeBefore(above.text, at);
        const isFirst = skipBlanks(above.text, at + 1) === from;
        if (isFirst && TRANSPARENT_MACROS.has(callee)) {
          // `per_cpu(x, cpu).y = 1`: the call stands for an element of x.
          element = true;
          from = above.startAbove(level + 1);
          to = endOfBrackets(above.text, at);
          level += 1;
          continue;
        }
        return { access: isFirst ? (ACCESSOR_OF.get(callee) ?? 'read') : 'read', element };
      }
      default:
        return { access: 'read', element };
    }
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at += 1;
  return at;
}

function skipTo(text: string, from: number, character: string): number {
  const at = skipBlanks(text, from);
  return text[at] === character ? at + 1 : at;
}

/** Behind the brackets that begin at `open`. */
function endOfBrackets(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91) depth += 1;
    else if ((code === 41 || code === 93) && (depth -= 1) === 0) return at + 1;
  }
  return text.length;
}

function endOfSubscript(text: string, from: number): number {
  return endOfBrackets(text, skipBlanks(text, from));
}

function endOfMember(text: string, from: number): number {
  const member = /\s*\.\s*\w+/y;
  member.lastIndex = from;
  const found = member.exec(text)?.[0];
  return from + (found?.length ?? 0);
}

function assigned(text: string, to: number): Access {
  return text[skipBlanks(text, to)] === '=' ? 'write' : 'update';
}

function calleeBefore(text: string, open: number): string {
  let end = open;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
  let start = end;
  while (start > 0 && /\w/.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, end);
}
