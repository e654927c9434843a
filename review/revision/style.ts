/** The looks of the page; colours only repeat what signs and words say. */
export const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --faint: #59636e; --gone: #ffebe9; --come: #dafbe1;
  --minus: #a40e26; --plus: #116329; --ground: #fff; --ink: #1f2328; --soft: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --faint: #9198a1; --gone: #4c1f23; --come: #1b3a25; --minus: #ff938a;
    --plus: #7ee787; --ground: #0d1117; --ink: #e6edf3; --soft: #161b22; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.35rem; line-height: 1.25; overflow-wrap: anywhere; }
.to, header p, footer, .numbers { color: var(--faint); }
header p { margin: .25rem 0 .75rem; }
footer { margin-top: 1.5rem; font-size: .875rem; }
.kinds { display: flex; flex-wrap: wrap; gap: .375rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.kinds li, .word { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .8125rem;
  white-space: nowrap; }
.entry { border: 1px solid var(--line); border-bottom: 0; padding: .375rem .75rem; overflow-wrap: anywhere; }
.entry:first-child { border-radius: .5rem .5rem 0 0; }
.entry:last-child { border-bottom: 1px solid var(--line); border-radius: 0 0 .5rem .5rem; }
summary { cursor: pointer; }
div.entry { padding-left: 1.75rem; }
summary .subject { color: var(--link); }
.numbers { display: inline-block; min-width: 5.5rem; font: .875rem/1.5 ui-monospace, monospace; }
.dropped .subject { text-decoration: line-through; }
.unchanged .words { color: var(--faint); }
pre { margin: .5rem -.75rem -.375rem; padding: .5rem 0; overflow-x: auto; background: var(--soft);
  font: .8125rem/1.45 ui-monospace, monospace; tab-size: 8; }
pre { display: grid; }
pre span { padding: 0 .75rem; }
.hunk { color: var(--faint); }
.gone { background: var(--gone); }
.come { background: var(--come); }
.minus { color: var(--minus); }
.plus { color: var(--plus); }
.inner { color: var(--faint); }
@media (max-width: 40rem) { body { padding: .5rem; } .numbers { min-width: 4.5rem; } }
`;
