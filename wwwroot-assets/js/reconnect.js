// The own reconnect dialog. The Blazor script puts components-reconnect-show, -hide, -failed or -rejected on
// #components-reconnect-modal and writes the countdown into #components-seconds-to-next-attempt; it raises no event.
import { isDirty } from "./guard.js";
import { lifetime } from "./dom.js";

let life;
let state = "up";

function stateOf(modal) {
  const name = [...modal.classList].find((item) => item.startsWith("components-reconnect-"))?.slice("components-reconnect-".length);
  return { show: "retrying", failed: "failed", rejected: "rejected" }[name] ?? "up";
}

function reflect(modal) {
  const next = stateOf(modal);
  if (next === state) {
    return;
  }
  state = next;
  document.documentElement.dataset.connection = next;
  for (const marker of document.querySelectorAll("[data-freshness]")) {
    marker.dataset.live = next === "up" ? "on" : "off";
  }
  document.dispatchEvent(new CustomEvent("ops:connection", { detail: { state: next } }));
  // The circuit is gone for good: its page is only a picture. Reload, unless that would lose what someone typed.
  if (next === "rejected" && !isDirty()) {
    location.reload();
  }
}

async function retry() {
  if (state === "retrying") {
    // The script waits out its interval but tries at once when the page becomes visible; a second parallel try would race it.
    document.dispatchEvent(new Event("visibilitychange"));
    return;
  }
  try {
    if (!(await window.Blazor?.reconnect?.())) {
      location.reload();
    }
  } catch {
    // Still unreachable: the dialog stays as it is.
  }
}

export function init() {
  dispose();
  const modal = document.getElementById("components-reconnect-modal");
  if (!modal) {
    return;
  }
  life = lifetime();
  const observer = new MutationObserver(() => reflect(modal));
  observer.observe(modal, { attributes: true, attributeFilter: ["class"] });
  life.add(() => observer.disconnect());
  life.on(modal, "click", (event) => {
    if (event.target.closest("[data-reconnect]")) {
      retry();
    } else if (event.target.closest("[data-reload]")) {
      location.reload();
    }
  });
  life.on(window, "online", retry);
}

export function dispose() {
  life?.end();
  life = undefined;
  state = "up";
}
