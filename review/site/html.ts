/**
 * HTML for pages that strangers' mail and patches end up in. Text only gets in through `text`, which
 * escapes it, and markup only through `markup`, so what has not been escaped cannot be put together
 * with what has. Pages run no scripts, load nothing, and say so to the browser (Content Security
 * Policy level 3, by the hash of the one style element).
 */
import { createHash } from 'node:crypto';
import { printable } from '../../tools/report/printable.ts';

/** Markup that is safe to put into a page. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it is to be read: escaped, control and direction characters made visible. */
export function text(source: string | Uint8Array): Html {
  const visible = typeof source === 'string' ? source.toWellFormed() : source;
  const safe = printable(visible, { lines: true });
  return new Html(safe.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? ''));
}

/** A template: its own words are markup, values in it are text unless they are markup already. */
export function markup(words: TemplateStringsArray, ...values: readonly Part[]): Html {
  const parts = words.map((word, index) => {
    const value = values[index];
    return value === undefined ? word : word + join(value);
  });
  return new Html(parts.join(''));
}

function join(value: Part): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number') return text(String(value)).markup;
  return value.map((each) => join(each)).join('');
}

/** A whole document. `style` is CSS of our own. */
export function page(title: string, style: string, body: Html): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}
