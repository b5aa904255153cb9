import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { type Source } from '../kit/sources.ts';
import { type Palette } from './palette.svelte.ts';

type Point = readonly [number, number | null];

/** A source's part of a stack of areas; a value holds until the next one's time. */
export function sourceArea(source: Source, name: string, points: readonly Point[], colours: Palette): LineSeriesOption {
  return {
    type: 'line',
    name,
    stack: 'sources',
    step: 'end',
    symbol: 'none',
    data: points.map(([at, value]) => [at, value]),
    lineStyle: { width: 1, color: colours[`${source}-line`] },
    itemStyle: { color: colours[source] },
    areaStyle: { color: colours[source], opacity: 0.92 },
    emphasis: { disabled: true },
  };
}

/** A source's part of a stack of columns. */
export function sourceColumn(source: Source, name: string, values: readonly (number | null)[], colours: Palette, stack = 'now'): BarSeriesOption {
  return {
    type: 'bar',
    name,
    stack,
    // A column of no height would still show its outline.
    data: values.map((value) => (value === 0 ? null : value)),
    barCategoryGap: '28%',
    itemStyle: { color: colours[source], borderColor: colours[`${source}-line`], borderWidth: 1 },
    emphasis: { disabled: true },
  };
}

/** A line of prices, each of which holds for a whole period. */
export function priceSteps(name: string, points: readonly Point[], colours: Palette, { isForecast = false, axis = 1 } = {}): LineSeriesOption {
  return {
    type: 'line',
    name,
    yAxisIndex: axis,
    step: 'end',
    symbol: 'none',
    data: points.map(([at, value]) => [at, value]),
    lineStyle: { width: isForecast ? 1.5 : 2, color: isForecast ? colours.muted : colours.text, type: isForecast ? [4, 4] : 'solid' },
    itemStyle: { color: isForecast ? colours.muted : colours.text },
    emphasis: { disabled: true },
    z: 5,
  };
}

/** A line across the plot at a time, such as now. */
export function lineAt(at: number, text: string, colours: Palette): LineSeriesOption {
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color: colours.accent, width: 1.5, type: 'solid' },
      label: { formatter: text, color: colours.accent, fontFamily: colours.font, fontSize: 12, fontWeight: 'bold', position: 'end', distance: 4 },
      data: [{ xAxis: at }],
    },
  };
}
