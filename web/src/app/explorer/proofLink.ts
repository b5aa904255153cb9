/** What a page shows that is to be proved: it finds its line among all that one receipt says. */
export interface WantedLine {
  readonly kind?: string | undefined;
  /** With or without a sign. */
  readonly amount?: number | undefined;
  readonly quantityWh?: number | null | undefined;
}

/** The page of the proof of an event, with the line that it was asked for. */
export function proofLink(block: number, eventIndex: number, { kind, amount, quantityWh }: WantedLine = {}): string {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries({ kind, amount: amount === undefined ? undefined : Math.abs(amount), wh: quantityWh ?? undefined })) {
    if (value !== undefined) {
      wanted.set(name, String(value));
    }
  }
  const query = wanted.toString();
  return `/ledger/proof/event/${block}/${eventIndex}${query === '' ? '' : `?${query}`}`;
}

/** What a link to a proof asks for. */
export function wantedLine(query: URLSearchParams): WantedLine {
  const number = (name: string): number | undefined => (/^\d+$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  return { kind: query.get('kind') ?? undefined, amount: number('amount'), quantityWh: number('wh') };
}
