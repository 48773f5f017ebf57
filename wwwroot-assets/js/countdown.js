// Clocks that count by themselves: the server names the instant, the browser says how long it is until then or since.
//   <span data-due="1795341600000">in 12 m 04 s</span>     overdue: "4 m 10 s over"
//   <span data-since="1795341600000">for 6 m 02 s</span>
import { now } from "./clock.js";
import { lifetime, setText, watch } from "./dom.js";

const clocks = new Set();
let life;

const two = (value) => String(value).padStart(2, "0");

/** The two largest units, as the server writes them: 12 s, 31 m 04 s, 4 h 23 m, 3 d 04 h. */
export function formatSpan(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} m ${two(s % 60)} s`;
  }
  if (s < 172800) {
    return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} m`;
  }
  return `${Math.floor(s / 86400)} d ${two(Math.floor((s % 86400) / 3600))} h`;
}

function render(clock) {
  if (clock.dataset.since) {
    setText(clock, `for ${formatSpan(now() - Number(clock.dataset.since))}`);
    return;
  }
  const left = Number(clock.dataset.due) - now();
  setText(clock, left > 0 ? `in ${formatSpan(left)}` : `${formatSpan(-left)} over`);
  const holder = clock.closest("[data-clock-state]");
  if (holder && left <= 0 && holder.dataset.clockState === "running") {
    // The server says so as well, a moment later.
    holder.dataset.clockState = "overdue";
    holder.dataset.tone = "bad";
  }
}

export function init() {
  dispose();
  life = lifetime();
  life.add(watch("[data-due], [data-since]", (clock) => {
    clocks.add(clock);
    render(clock);
  }));
  const changes = new MutationObserver((records) => records.forEach(({ target }) => clocks.has(target) && render(target)));
  changes.observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-due", "data-since"] });
  life.add(() => changes.disconnect());
  const ticking = setInterval(() => {
    for (const clock of clocks) {
      if (clock.isConnected) {
        render(clock);
      } else {
        clocks.delete(clock);
      }
    }
  }, 1000);
  life.add(() => clearInterval(ticking));
}

export function dispose() {
  life?.end();
  life = undefined;
  clocks.clear();
}
