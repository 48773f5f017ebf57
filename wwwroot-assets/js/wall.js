// The wallboard: no circuit. The hub says that something changed; the fragment is read again at most twice a second
// and the tiles that differ are swapped in. Falls back to reading every 15 s while the hub is away.
import * as clock from "./clock.js";
import * as flash from "./flash.js";
import { setText } from "./dom.js";

const gapMs = 500;
const retryMs = [0, 1000, 2000, 5000, 10000];
const pollMs = 15000;
let hub;
let polling;
let readAt = 0;
let reading = false;
let again = false;
let timer;
let stopped = true;

function wall() {
  return document.querySelector(".wall");
}

function say(live, words) {
  const root = wall();
  if (!root) {
    return;
  }
  root.dataset.live = live;
  const marker = root.querySelector("[data-freshness]");
  if (marker) {
    marker.dataset.live = live;
  }
  const connection = root.querySelector("[data-connection]");
  if (connection) {
    setText(connection, words);
  }
}

/** Puts the fragment's parts in the place of those with the same data-key; adds, removes and orders tiles. */
export function merge(root, fragment) {
  for (const part of fragment.querySelectorAll("[data-part]")) {
    const old = root.querySelector(`[data-part="${part.dataset.part}"]`);
    if (old && old.outerHTML !== part.outerHTML) {
      old.replaceWith(part);
    }
  }
  const grid = root.querySelector(".wall-grid");
  const fresh = fragment.querySelector(".wall-grid");
  if (!grid || !fresh) {
    return;
  }
  const old = new Map([...grid.children].map((tile) => [tile.dataset.key, tile]));
  let at = grid.firstElementChild;
  for (const tile of [...fresh.children]) {
    const before = old.get(tile.dataset.key);
    old.delete(tile.dataset.key);
    const same = before && before.dataset.version !== undefined
      ? before.dataset.version === tile.dataset.version
      : before?.outerHTML === tile.outerHTML;
    const use = same ? before : tile;
    if (before && !same) {
      if (at === before) {
        at = before.nextElementSibling;
      }
      before.remove();
    }
    if (use === at) {
      at = at.nextElementSibling;
    } else {
      grid.insertBefore(use, at);
    }
  }
  old.forEach((tile) => tile.remove());
}

async function read() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  again = false;
  readAt = performance.now();
  try {
    const answer = await fetch("/wall/fragment" + location.search, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10000) });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const date = Date.parse(answer.headers.get("date") ?? "");
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    merge(wall(), template.content);
    if (date) {
      clock.setServerTime(date);
    }
    say("on", hub?.state === "Connected" ? "live" : "reading every 15 s");
  } catch {
    say("off", "not connected");
  } finally {
    reading = false;
    if (again) {
      changed();
    }
  }
}

function changed() {
  if (stopped || timer) {
    return;
  }
  timer = setTimeout(() => {
    timer = undefined;
    read();
  }, Math.max(0, gapMs - (performance.now() - readAt)));
}

async function connect() {
  const signalR = window.signalR;
  if (!signalR) {
    return;
  }
  hub = new signalR.HubConnectionBuilder()
    .withUrl("/hubs/live")
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => retryMs[Math.min(previousRetryCount, retryMs.length - 1)] })
    .configureLogging(signalR.LogLevel.None)
    .build();
  hub.on("Changed", changed);
  hub.onreconnecting(() => say("off", "reconnecting"));
  hub.onreconnected(async () => {
    await subscribe();
    changed();
  });
  hub.onclose(() => !stopped && setTimeout(start, retryMs.at(-1)));
  await start();
}

async function subscribe() {
  await hub.invoke("Subscribe", "dashboard", "operations");
}

async function start() {
  if (stopped) {
    return;
  }
  try {
    await hub.start();
    await subscribe();
    changed();
  } catch {
    say("off", "not connected");
    if (hub.state === "Disconnected" && !stopped) {
      setTimeout(start, retryMs.at(-1));
    }
  }
}

export function init() {
  if (!wall() || !stopped) {
    return;
  }
  stopped = false;
  clock.init();
  flash.init();
  polling = setInterval(() => performance.now() - readAt > pollMs && changed(), 1000);
  connect();
  document.addEventListener("visibilitychange", changed);
}

export function dispose() {
  stopped = true;
  clearInterval(polling);
  clearTimeout(timer);
  timer = undefined;
  document.removeEventListener("visibilitychange", changed);
  hub?.stop();
  hub = undefined;
  flash.dispose();
  clock.dispose();
}

init();
