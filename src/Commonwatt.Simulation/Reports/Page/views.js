// What the charts show: the average day, one day, a week, or all of the run, in the community's local time.
const data = JSON.parse(document.getElementById('data').textContent);
const count = data.points.load.length;

// Local time as a date to be read with its UTC methods: the offset of each point comes with the data.
function local(i) {
  let ahead = 0;
  for (const [from, minutes] of data.offsets) if (from <= Math.min(i, count - 1)) ahead = minutes;
  return new Date(data.start + (i * data.step + ahead) * 60000);
}

const formats = {};
const format = (date, options) => (formats[JSON.stringify(options)] ??= new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })).format(date);
const clock = (date) => date.toISOString().slice(11, 16);
const longDay = (date) => format(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = (date) => format(date, { day: 'numeric', month: 'short' });

// The first point of each local day, and one end; a day has 23 or 25 hours when clocks change.
const days = [];
for (let i = 0, last = ''; i < count; i++) {
  const date = local(i).toISOString().slice(0, 10);
  if (date !== last) days.push({ first: i, date });
  last = date;
}
const dayEnd = (day) => day + 1 < days.length ? days[day + 1].first : count;

const energies = ['load', 'made', 'traded', 'sun', 'battery', 'community', 'grid', 'export'].filter((key) => data.points[key]);
const kilowatts = (values) => values.map((watts) => watts / 1000);
const perKilowattHour = (values) => values.map((price) => price === null ? null : price / 10000);

function slice(points, from, to) {
  const values = {};
  for (const key of energies) values[key] = kilowatts(points[key].slice(from, to));
  for (const key of ['price', 'retail', 'feedIn']) values[key] = perKilowattHour(points[key].slice(from, to));
  return values;
}

const views = {
  profile() {
    const step = data.profileStep, time = (i) => clock(new Date(i * step * 60000));
    const ticks = [0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => ({ at: hour * 60 / step, text: `${String(hour).padStart(2, '0')}:00` }));
    return { title: 'the average of all days', count: 1440 / step, values: slice(data.profile), ticks, label: (i) => `${time(i)} – ${time(i + 1)}` };
  },

  day(day) {
    const from = days[day].first, to = dayEnd(day), ticks = [];
    for (let i = from; i < to; i++) {
      const date = local(i);
      if (date.getUTCMinutes() === 0 && date.getUTCHours() % 3 === 0) ticks.push({ at: i - from, text: clock(date) });
    }
    return { title: longDay(local(from)), count: to - from, values: slice(data.points, from, to), ticks, label: (i) => `${clock(local(from + i))} – ${clock(local(from + i + 1))}` };
  },

  week(day) {
    const first = Math.max(0, Math.min(day, days.length - 7)), last = Math.min(first + 6, days.length - 1);
    return spell(first, last, (date) => format(date, { weekday: 'short', day: 'numeric' }));
  },

  all() {
    return days.length <= 14 ? spell(0, days.length - 1, shortDay) : daily();
  },
};

function spell(first, last, name) {
  const from = days[first].first, to = dayEnd(last), ticks = [];
  for (let day = first; day <= last; day++) ticks.push({ at: days[day].first - from, wide: dayEnd(day) - days[day].first, text: name(local(days[day].first)) });
  return {
    title: `${longDay(local(from))} to ${longDay(local(days[last].first))}`, count: to - from, values: slice(data.points, from, to), ticks,
    label: (i) => `${shortDay(local(from + i))}, ${clock(local(from + i))} – ${clock(local(from + i + 1))}`,
  };
}

function daily() {
  const values = Object.fromEntries([...energies, 'price', 'retail', 'feedIn'].map((key) => [key, []]));
  const hours = data.step / 60, sum = (from, to, of) => { let total = 0; for (let i = from; i < to; i++) total += of(i); return total; };
  const points = data.points, ticks = [], monthly = days.length > 62;
  days.forEach(({ first, date }, day) => {
    const end = dayEnd(day), traded = sum(first, end, (i) => points.price[i] === null ? 0 : points.traded[i]);
    for (const key of energies) values[key].push(sum(first, end, (i) => points[key][i]) * hours / 1000);
    for (const key of ['retail', 'feedIn']) values[key].push(sum(first, end, (i) => points[key][i]) / (end - first) / 10000);
    values.price.push(traded ? sum(first, end, (i) => points.price[i] * points.traded[i]) / traded / 10000 : null);
    const start = local(first);
    if (monthly ? date.endsWith('-01') : start.getUTCDay() === 1) ticks.push({ at: day, text: format(start, monthly ? { month: 'short' } : { day: 'numeric', month: 'short' }) });
  });
  return { title: `${longDay(local(0))} to ${longDay(local(days[days.length - 1].first))}`, columns: true, count: days.length, values, ticks, label: (i) => longDay(local(days[i].first)) };
}
