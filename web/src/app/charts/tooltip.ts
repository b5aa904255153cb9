/** A line of what is told about a place of a chart. */
export interface TooltipRow {
  readonly colour?: string;
  readonly name: string;
  readonly value: string;
}

/** What is told about a place of a chart. Made of elements: a text would be markup, and the policy of the page forbids its styles. */
export function tooltipOf(title: string, rows: readonly TooltipRow[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'chart-tip';
  box.append(textIn('strong', title));
  for (const { colour, name, value } of rows) {
    const row = document.createElement('div');
    const swatch = document.createElement('i');
    if (colour !== undefined) {
      swatch.style.background = colour;
    }
    row.append(swatch, textIn('span', name), textIn('b', value));
    box.append(row);
  }
  return box;
}

function textIn(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
