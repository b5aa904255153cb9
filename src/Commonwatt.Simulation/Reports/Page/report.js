// Puts the charts, the range picker and the sortable table together.
const total = (view, key) => view.values[key] ? view.values[key].reduce((a, b) => a + b, 0) : 0;
const most = (view, key) => Math.max(...view.values[key]);
const share = (part, whole) => whole > 0 ? `${Math.round(part / whole * 100)}%` : 'none';
const energyUnit = (view) => view.columns ? 'kWh a day' : 'kW';
const digits = (view) => view.columns ? 1 : 2;

const specs = {
  price: {
    title: 'Price inside the community', unit: () => `${data.currency}/kWh`, digits: () => 4, band: ['feedIn', 'retail'],
    series: [
      { key: 'retail', name: 'retail: bought from the grid', colour: 'grid', step: true, dash: true },
      { key: 'price', name: 'inside the community', colour: 'community', step: true, width: 2.25 },
      { key: 'feedIn', name: 'feed-in: sold to the grid', colour: 'sun', step: true, dash: true },
    ],
    note: (view) => view.values.price.some((price) => price !== null)
      ? 'Between the two, buyer and seller both do better than with the grid; a local grid fee, where there is one, comes on top for the buyer.'
      : 'Nothing was traded in this time. Try a day with more sun.',
  },
  sources: {
    title: 'Where the electricity came from', unit: energyUnit, digits,
    series: [
      { key: 'sun', name: 'own roof', colour: 'sun', area: true },
      { key: 'battery', name: 'own battery', colour: 'battery', area: true },
      { key: 'community', name: 'neighbours', colour: 'community', area: true },
      { key: 'grid', name: 'grid', colour: 'grid', area: true },
    ],
    note: (view) => `${share(total(view, 'sun') + total(view, 'battery'), total(view, 'load'))} of the use came from the members' own homes, ${share(total(view, 'community'), total(view, 'load'))} from neighbours, ${share(total(view, 'grid'), total(view, 'load'))} from the grid.`,
  },
  curves: {
    title: 'Used and made', unit: energyUnit, digits,
    series: [
      { key: 'made', name: 'made by PV', colour: 'sun', area: true },
      { key: 'load', name: 'used', colour: 'use', width: 2 },
    ],
    note: (view) => `At most ${number(most(view, 'load'), 1)} ${energyUnit(view)} used and ${number(most(view, 'made'), 1)} made.`,
  },
  exchange: {
    title: 'Exchange with the grid', unit: energyUnit, digits,
    series: [
      { key: 'grid', name: 'drawn from the grid (up)', colour: 'grid', area: true },
      { key: 'export', name: 'fed into the grid (down)', colour: 'sun', area: true, mirror: true },
    ],
    note: (view) => `The community as a whole, after neighbours have supplied each other: at most ${number(most(view, 'grid'), 1)} ${energyUnit(view)} in and ${number(most(view, 'export'), 1)} out.`,
  },
};

Chart.all = Object.entries(specs).map(([id, spec]) => new Chart(document.getElementById(id), spec));

const range = document.querySelector('.range'), stepper = range.querySelector('.step'), picker = range.querySelector('input');
const state = { view: days.length > 1 ? 'week' : 'day', day: 0 };

// The address keeps what is shown (#day=2024-06-03), so that a link or a reload shows it again.
function fromAddress() {
  const [view, date] = location.hash.slice(1).split('=');
  if (Object.hasOwn(views, view)) state.view = view;
  state.day = Math.max(0, days.findIndex((day) => day.date === date));
}

function show() {
  const view = views[state.view](state.day), width = state.view === 'week' ? 7 : 1;
  range.querySelectorAll('[data-view]').forEach((button) => button.setAttribute('aria-pressed', button.dataset.view === state.view));
  stepper.hidden = state.view === 'profile' || state.view === 'all';
  picker.value = days[state.day].date;
  range.querySelector('.back').disabled = state.day === 0;
  range.querySelector('.on').disabled = state.day + width >= days.length;
  range.querySelector('.shown').textContent = view.title;
  Chart.all.forEach((chart) => chart.show(view));
}

function go(day) {
  const last = state.view === 'week' ? Math.max(0, days.length - 7) : days.length - 1;
  state.day = Math.max(0, Math.min(day, last));
  history.replaceState(null, '', `#${state.view}=${days[state.day].date}`);
  show();
}

range.hidden = false;
picker.min = days[0].date;
picker.max = days[days.length - 1].date;
picker.addEventListener('change', () => { const day = days.findIndex(({ date }) => date === picker.value); if (day >= 0) go(day); });
range.querySelector('.back').addEventListener('click', () => go(state.day - (state.view === 'week' ? 7 : 1)));
range.querySelector('.on').addEventListener('click', () => go(state.day + (state.view === 'week' ? 7 : 1)));
range.querySelectorAll('[data-view]').forEach((button) => button.addEventListener('click', () => { state.view = button.dataset.view; go(state.day); }));
addEventListener('hashchange', () => { fromAddress(); show(); });
fromAddress();
show();

// A column sorts by what its cells mean, not by how they read; a second click turns it round.
document.querySelectorAll('.bills th button').forEach((button) => button.addEventListener('click', () => {
  const head = button.parentElement, body = head.closest('table').tBodies[0], column = head.cellIndex;
  const numeric = head.classList.contains('n');
  const down = head.getAttribute('aria-sort') ? head.getAttribute('aria-sort') === 'ascending' : numeric;
  const value = (row) => numeric ? Number(row.cells[column].dataset.v) : row.cells[column].textContent;
  const compare = (a, b) => numeric ? value(a) - value(b) : value(a).localeCompare(value(b), 'en', { numeric: true });
  head.parentElement.querySelectorAll('th').forEach((th) => th.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  body.append(...[...body.rows].sort((a, b) => down ? compare(b, a) : compare(a, b)));
}));
