// Times in the viewer's zone or UTC, and the age of what is shown.
//   <time datetime="2026-11-22T10:00:00Z" data-utc="minute">22 Nov 10:00 UTC</time>
//   <span data-freshness data-at="1795341600000">data 4 s old</span>
import { lifetime, setText, watch } from "./dom.js";
import { remember } from "./preference.js";

const times = new Set();
const ages = new Set();
let life;
let skew = 0;

const shapes = {
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  clock: { hour: "2-digit", minute: "2-digit" },
  minute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "short", year: "numeric" },
};

const formats = new Map();

function format(shape, zone, withYear) {
  const key = `${shape} ${zone} ${withYear}`;
  if (!formats.has(key)) {
    const options = { ...shapes[shape], hourCycle: "h23", ...(withYear ? { year: "numeric" } : {}) };
    formats.set(key, new Intl.DateTimeFormat("en-GB", zone === "utc" ? { ...options, timeZone: "UTC" } : options));
  }
  return formats.get(key);
}

export function zone() {
  return document.documentElement.dataset.zone === "utc" ? "utc" : "local";
}

/** Milliseconds of the server's clock, as far as this page knows it. */
export function now() {
  return Date.now() + skew;
}

/** Tells the module what the server's clock says at this moment. */
export function setServerTime(unixMs) {
  skew = Number.isFinite(unixMs) ? unixMs - Date.now() : 0;
}

export function formatTime(unixMs, shape = "minute", inZone = zone()) {
  const date = new Date(unixMs);
  const withYear = (shape === "minute" || shape === "hour") && date.getUTCFullYear() !== new Date(now()).getUTCFullYear();
  const text = format(shapes[shape] ? shape : "minute", inZone, withYear).format(date).replace(",", "");
  return inZone === "utc" && shape !== "day" && shape !== "month" ? `${text} UTC` : text;
}

/** 4 s, 12 min, 3 h, 5 d: one unit, rounded down. */
export function formatAge(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 90) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

function renderTime(time) {
  const at = Date.parse(time.getAttribute("datetime"));
  if (Number.isNaN(at)) {
    return;
  }
  const shape = time.dataset.utc || "minute";
  const other = zone() === "utc" ? "local" : "utc";
  time.title = shape === "day" || shape === "month"
    ? ""
    : `${format("minute", other, true).format(new Date(at)).replace(",", "")} ${other === "utc" ? "UTC" : "your time"}`;
  if (shape === "relative") {
    const ahead = at - now();
    setText(time, ahead > 0 ? `in ${formatAge(ahead)}` : `${formatAge(-ahead)} ago`);
  } else {
    setText(time, formatTime(at, shape));
  }
}

function renderAge(target) {
  const at = Number(target.dataset.at);
  const text = target.querySelector("[data-age]") ?? target;
  if (!at) {
    setText(text, "no data yet");
    target.dataset.live = "stale";
    return;
  }
  const age = now() - at;
  setText(text, `data ${formatAge(age)} old`);
  if (target.dataset.live !== "off" && target.dataset.live !== "held") {
    target.dataset.live = age > Number(target.dataset.staleAfter || 20000) ? "stale" : "on";
  }
}

function forConnected(set, render) {
  for (const node of set) {
    if (node.isConnected) {
      render(node);
    } else {
      set.delete(node);
    }
  }
}

export function setZone(value) {
  document.documentElement.dataset.zone = value === "utc" ? "utc" : "local";
  remember("zone", value === "utc" ? "utc" : "local");
  forConnected(times, renderTime);
  document.querySelectorAll("[data-zone-set]").forEach(mark);
  document.dispatchEvent(new CustomEvent("ops:zone", { detail: { zone: zone() } }));
}

function mark(button) {
  button.setAttribute("aria-pressed", String(button.dataset.zoneSet === zone()));
}

export function init() {
  dispose();
  life = lifetime();
  const serverTime = document.querySelector('meta[name="server-time"]');
  if (serverTime) {
    // What passed since the answer was made up counts as age, so start from when the page began to load.
    setServerTime(Number(serverTime.content) + (Date.now() - performance.timeOrigin - (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0)));
  }
  life.add(watch("time[data-utc]", (time) => {
    times.add(time);
    renderTime(time);
  }));
  life.add(watch("[data-freshness]", (target) => {
    ages.add(target);
    renderAge(target);
  }));
  life.add(watch("[data-zone-set]", mark));
  const changes = new MutationObserver((records) => {
    for (const { target } of records) {
      if (times.has(target)) {
        renderTime(target);
      } else if (ages.has(target)) {
        renderAge(target);
      }
    }
  });
  changes.observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["datetime", "data-at"] });
  life.add(() => changes.disconnect());
  const ticking = setInterval(() => {
    forConnected(ages, renderAge);
    document.querySelectorAll("[data-clock]").forEach((target) => setText(target, formatTime(now(), target.dataset.clock || "clock")));
    forConnected(times, (time) => time.dataset.utc === "relative" && renderTime(time));
  }, 1000);
  life.add(() => clearInterval(ticking));
  life.on(document, "click", (event) => {
    const button = event.target.closest?.("[data-zone-set]");
    if (button) {
      setZone(button.dataset.zoneSet);
    }
  });
}

export function dispose() {
  life?.end();
  life = undefined;
  times.clear();
  ages.clear();
}
