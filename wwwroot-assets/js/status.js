// The public status page: no circuit. The hub says that something changed; the fragment is read again and swapped in. Without
// this module the page says the same, in UTC, and is as old as its loading.
import * as clock from "./clock.js";

const retryMs = [0, 1000, 2000, 5000, 15000];
// The notice may overtake the page's own making on the server: the same answer is asked for again, a few times.
const againMs = [0, 150, 400, 1000, 2500];
const pollMs = 60000;
let tag = "";
let round = 0;

function place() {
  return document.querySelector("[data-fragment]");
}

/** Swaps the fragment; what a reader opened stays open, and focus stays where it was. */
function swap(html) {
  const old = place();
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.querySelector("[data-fragment]");
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) {
    return;
  }
  for (const open of old.querySelectorAll("details[open]")) {
    const id = open.closest("[id]")?.id;
    const twin = id && fresh.querySelector(`[id="${CSS.escape(id)}"] details`);
    if (twin) {
      twin.open = true;
    }
  }
  const focus = document.activeElement?.closest?.("[data-fragment] a, [data-fragment] summary");
  const links = focus ? [...old.querySelectorAll("a, summary")].indexOf(focus) : -1;
  old.replaceWith(fresh);
  if (links >= 0) {
    fresh.querySelectorAll("a, summary")[links]?.focus({ preventScroll: true });
  }
}

async function read() {
  const answer = await fetch(place().dataset.fragment, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", signal: AbortSignal.timeout(10000) });
  if (answer.status === 304) {
    return false;
  }
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const first = tag === "";
  tag = answer.headers.get("etag") ?? "";
  swap(await answer.text());
  return !first;
}

async function changed() {
  const mine = ++round;
  for (const wait of againMs) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (mine !== round) {
      return;
    }
    try {
      if (await read()) {
        return;
      }
    } catch {
      // The next notice or the next minute tries again; what stands on the page stays.
      return;
    }
  }
}

function follow(signalR) {
  const hub = new signalR.HubConnectionBuilder()
    .withUrl("/hubs/live")
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => retryMs[Math.min(previousRetryCount, retryMs.length - 1)] })
    .configureLogging(signalR.LogLevel.None)
    .build();
  const start = async () => {
    try {
      await hub.start();
      await hub.invoke("Subscribe", "status", document.body.dataset.page);
      document.body.dataset.live = "on";
      changed();
    } catch {
      setTimeout(start, retryMs.at(-1));
    }
  };
  hub.on("Changed", changed);
  hub.onreconnecting(() => {
    document.body.dataset.live = "off";
  });
  hub.onreconnected(async () => {
    await hub.invoke("Subscribe", "status", document.body.dataset.page);
    document.body.dataset.live = "on";
    changed();
  });
  hub.onclose(() => setTimeout(start, retryMs.at(-1)));
  start();
}

/** What the pointer is on, from the table behind the bars. */
function hover(event) {
  const bars = event.target.closest?.("svg[data-bars]");
  if (!bars) {
    return;
  }
  const box = bars.getBoundingClientRect();
  const index = Math.min(89, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * 90)));
  const day = new Date(`${bars.dataset.last}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - (89 - index));
  const iso = day.toISOString().slice(0, 10);
  const row = bars.parentElement.querySelector(`tr[data-day="${iso}"]`);
  const told = row ? [...row.cells].slice(1, 3).map((cell) => cell.textContent).join(": ") : barAt(bars, index);
  const text = `${day.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })} · ${told}`;
  const title = bars.querySelector("title") ?? bars.insertBefore(document.createElementNS("http://www.w3.org/2000/svg", "title"), bars.firstChild);
  if (title.textContent !== text) {
    title.textContent = text;
  }
}

function barAt(bars, index) {
  const none = bars.querySelector(".bar-none")?.getAttribute("d") ?? "";
  return none.includes(`M${index * 5} `) ? "No record" : "Operational";
}

clock.init();
document.addEventListener("pointermove", hover, { passive: true });
if (place()) {
  setInterval(() => document.visibilityState === "visible" && changed(), pollMs);
  if (window.signalR) {
    follow(window.signalR);
  }
}
