/** What authors say of their topics (`depends-on` of a cover letter), held against the order of the series. */

export type Contradiction =
  /** Each of these depends on the next, and the last on the first. */
  | { readonly kind: 'circle'; readonly topics: readonly string[] }
  /** The topic depends on one that comes after it. */
  | { readonly kind: 'later'; readonly topic: string; readonly needs: string };

/**
 * The first thing that cannot be as declared; null if all can. `order` has the topics as they first
 * appear in the series; what is declared of other names (messages, addresses) is not looked at.
 */
export function contradiction(
  order: readonly string[],
  declared: ReadonlyMap<string, readonly string[]>,
): Contradiction | null {
  const needs = (topic: string): readonly string[] =>
    (declared.get(topic) ?? []).filter((other) => order.includes(other));
  for (const topic of order) {
    const way = wayBack(topic, needs);
    if (way !== null) return { kind: 'circle', topics: way };
  }
  for (const [at, topic] of order.entries()) {
    const later = needs(topic).find((other) => order.indexOf(other) > at);
    if (later !== undefined) return { kind: 'later', topic, needs: later };
  }
  return null;
}

/** The shortest way from `start` to itself. */
function wayBack(
  start: string,
  needs: (topic: string) => readonly string[],
): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const topic of cameFrom.keys()) {
    for (const other of needs(topic)) {
      if (other === start) {
        const way: string[] = [];
        for (let at: string | null = topic; at !== null; at = cameFrom.get(at) ?? null)
          way.unshift(at);
        return way;
      }
      if (!cameFrom.has(other)) cameFrom.set(other, topic);
    }
  }
  return null;
}
