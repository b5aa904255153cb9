// Before anything is painted, so that a dark page does not flash white.
(function () {
  try {
    var theme = localStorage.getItem('commonwatt.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (e) {
    // Without storage the system's theme holds.
  }
})();
