import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { dayAt, startOfDay, withOffset } from '../kit/calendar.ts';
import { clock, weekday } from '../kit/format.ts';
import { type Palette } from './palette.svelte.ts';

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption>;

const hourMs = 3_600_000;

/** The hours of the clock on the wall that are named below a plot: every third, every sixth on a narrow one. */
export function wallHours(from: number, to: number, zone: string, every: number): readonly number[] {
  const found: number[] = [];
  for (let at = Math.ceil(from / hourMs) * hourMs; at <= to; at += hourMs) {
    // Asked of the clock, for a day that is an hour longer or shorter has its hours at other places.
    if (Number(withOffset(at, zone).slice(11, 13)) % every === 0) {
      found.push(at);
    }
  }
  return found;
}

/** An axis of time, named in the community's time. */
export function timeAxis(from: number, to: number, zone: string, colours: Palette, isNarrow: boolean): NonNullable<ChartOption['xAxis']> {
  const days = to - from > 30 * hourMs;
  // Over more than a day the same hour comes again: fewer hours leave room for the names of the days between them.
  const ticks = [...wallHours(from, to, zone, (isNarrow ? 6 : 3) * (days ? 2 : 1))];
  return {
    type: 'time',
    min: from,
    max: to,
    axisLine: { lineStyle: { color: colours['line-strong'] } },
    axisTick: { customValues: ticks, lineStyle: { color: colours['line-strong'] } },
    axisLabel: { customValues: ticks, formatter: (at: number) => (days && at === startOfDay(dayAt(at, zone), zone) ? weekday(at) : clock(at)), ...textOf(colours), hideOverlap: true },
    splitLine: { show: false },
  };
}

/** An axis of numbers with its unit above it. */
export function valueAxis(unit: string, colours: Palette, { right = false, format, min, max }: { right?: boolean; format: (value: number) => string; min?: number; max?: number }) {
  return {
    type: 'value' as const,
    position: right ? ('right' as const) : ('left' as const),
    name: unit,
    nameGap: 14,
    nameTextStyle: { ...textOf(colours), align: right ? ('right' as const) : ('left' as const), padding: right ? [0, -36, 0, 0] : [0, 0, 0, -32] },
    axisLabel: { ...textOf(colours), formatter: format },
    splitLine: { show: !right, lineStyle: { color: colours.line } },
    splitNumber: 4,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

export function textOf(colours: Palette) {
  return { color: colours.muted, fontSize: 12, fontFamily: colours.font };
}

/** Room for the names of the axes, and for nothing else. */
export const plotGrid: GridComponentOption = { left: 40, right: 44, top: 34, bottom: 28 };
