// Classic and blocking on purpose: theme and rail must be right before the first paint.
(function () {
  "use strict";
  var root = document.documentElement;
  function read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }
  var theme = read("ops.theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }
  if (read("ops.rail") === "folded") {
    root.dataset.rail = "folded";
  }
  root.dataset.zone = read("ops.zone") === "utc" ? "utc" : "local";
  root.dataset.script = "on";
})();
