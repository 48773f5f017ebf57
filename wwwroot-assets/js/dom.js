// One observer for the whole page tells every module which elements appeared, once a frame at most.
// Blazor replaces prerendered markup when its circuit starts, so nothing may be set up only once.

const watches = new Set();
let observer;
let pending = [];
let scheduled = false;

function flush() {
  scheduled = false;
  const roots = pending.filter((node) => node.isConnected);
  pending = [];
  for (const watch of watches) {
    for (const root of roots) {
      visit(root, watch);
    }
  }
}

function visit(root, watch) {
  if (root.matches?.(watch.selector)) {
    watch.added(root);
  }
  root.querySelectorAll(watch.selector).forEach(watch.added);
}

function observe(records) {
  for (const record of records) {
    for (const node of record.addedNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        pending.push(node);
      }
    }
  }
  if (pending.length > 0 && !scheduled) {
    scheduled = true;
    queueMicrotask(flush);
  }
}

/** Calls added for every element that matches, now and whenever one appears. Returns a function that stops it. */
export function watch(selector, added) {
  const entry = { selector, added };
  watches.add(entry);
  if (!observer) {
    observer = new MutationObserver(observe);
    observer.observe(document.documentElement, { childList: true, subtree: true });
  }
  visit(document.documentElement, entry);
  return () => {
    watches.delete(entry);
    if (watches.size === 0) {
      observer.disconnect();
      observer = undefined;
    }
  };
}

/** Writes text without replacing the text node, which Blazor holds on to. */
export function setText(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE && node === element.lastChild) {
    if (node.data !== text) {
      node.data = text;
    }
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `/icons/sprite.svg#${name}`);
  svg.append(use);
  return svg;
}

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children);
  return node;
}

/** Gathers the undo steps of a module: listeners, timers, watches. */
export function lifetime() {
  const abort = new AbortController();
  const steps = [];
  return {
    signal: abort.signal,
    on: (target, type, listener, options = {}) => target.addEventListener(type, listener, { ...options, signal: abort.signal }),
    add: (step) => steps.push(step),
    end: () => {
      abort.abort();
      steps.splice(0).forEach((step) => step());
    },
  };
}
