import { type Palette } from './palette.svelte.ts';
import { type ChartOption } from './axes.ts';

/** How what is told about a place of a chart looks; `content` makes it for the value on the axis. */
export function tooltipOption(colours: Palette, content: (axisValue: number, index: number) => HTMLElement | ''): NonNullable<ChartOption['tooltip']> {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours['line-strong'],
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 13 },
    transitionDuration: 0,
    axisPointer: { type: 'line', lineStyle: { color: colours['line-strong'] }, snap: false },
    formatter: (found) => {
      const first = (Array.isArray(found) ? found[0] : found) as { axisValue?: number | string; dataIndex?: number } | undefined;
      return first === undefined ? '' : content(Number(first.axisValue), first.dataIndex ?? 0);
    },
  };
}

/** Whether charts move into place: not for those who asked for less motion. */
export const moves = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;
