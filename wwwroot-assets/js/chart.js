// A thin layer over ApexCharts: the server describes what is shown, this decides how it looks in either theme.
//   spec: { kind: "line|area|step|column", label, from, to, y: { min, max, unit, digits },
//           series: [{ name, role: "1..4|before|ok|warn|bad", dashed, points: [[unixMs, value|null], …] }],
//           thresholds: [{ value, label, tone }], marks: [{ at, label, tone }], bands: [{ from, to, label, tone }] }
import * as clock from "./clock.js";
import { element } from "./dom.js";
import { isDark } from "./theme.js";

const pointsAtMost = 2000;
const redrawMs = 250;
let library;

function load() {
  library ??= import("../lib/apexcharts.esm.js").then((module) => module.default);
  return library;
}

function nonce() {
  return document.querySelector("link[nonce]")?.nonce ?? "";
}

/** Tokens are light-dark() pairs; only a rendered element knows which one holds. */
function palette(host) {
  // A fresh element each time: on one that is shown already a changed colour is a transition, and reads as the old one.
  const read = (token) => {
    const probe = element("span", { class: "chart-probe" });
    probe.style.color = `var(--${token})`;
    host.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const roles = { 1: "series-1", 2: "series-2", 3: "series-3", 4: "series-4", before: "series-before", ok: "ok-shape", warn: "warn-shape", bad: "bad-shape", none: "none-shape", info: "info-shape" };
  const colours = { ink: read("ink"), muted: read("ink-2"), line: read("line"), surface: read("surface") };
  for (const [role, token] of Object.entries(roles)) {
    colours[role] = read(token);
  }
  for (const tone of ["ok", "warn", "bad", "none", "info"]) {
    colours[`${tone}Ink`] = read(`${tone}-ink`);
    colours[`${tone}Wash`] = read(`${tone}-wash`);
  }
  return colours;
}

function formatValue(value, y = {}) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "no data";
  }
  const digits = y.digits ?? (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
  const text = new Intl.NumberFormat("en-US", { minimumFractionDigits: y.digits ?? 0, maximumFractionDigits: digits }).format(value);
  const unit = y.unit ?? "";
  return unit === "×" ? `${text}×` : unit ? `${text} ${unit}` : text;
}

function label(text, colours, tone, position) {
  return {
    text,
    position,
    textAnchor: "end",
    orientation: "horizontal",
    borderColor: colours[`${tone}Ink`] ?? colours.muted,
    style: { background: colours.surface, color: colours[`${tone}Ink`] ?? colours.muted, fontSize: "11px", padding: { left: 4, right: 4, top: 1, bottom: 2 } },
  };
}

function annotations(spec, colours) {
  return {
    yaxis: (spec.thresholds ?? []).map((line) => ({
      y: line.value,
      borderColor: colours[line.tone] ?? colours.muted,
      strokeDashArray: 4,
      label: { ...label(line.label ?? "", colours, line.tone, "right"), offsetY: -2 },
    })),
    xaxis: [
      ...(spec.bands ?? []).map((band) => ({
        x: band.from,
        x2: band.to,
        fillColor: colours[band.tone ?? "none"],
        borderColor: "transparent",
        opacity: 0.14,
        ...(band.label && { label: { ...label(band.label, colours, band.tone ?? "none", "top"), textAnchor: "start", offsetX: 4, offsetY: 16 } }),
      })),
      ...(spec.marks ?? []).map((mark) => ({
        x: mark.at,
        borderColor: colours[mark.tone ?? "info"],
        strokeDashArray: 0,
        label: { ...label(mark.label ?? "", colours, mark.tone ?? "info", "top"), textAnchor: "start", offsetX: 4, offsetY: -2 },
      })),
    ],
  };
}

function options(spec, host) {
  const colours = palette(host);
  const area = spec.kind === "area";
  const bars = spec.kind === "column";
  const utc = clock.zone() === "utc";
  return {
    chart: {
      type: bars ? "bar" : area ? "area" : "line",
      height: "100%",
      width: "100%",
      nonce: nonce(),
      background: "transparent",
      fontFamily: "inherit",
      foreColor: colours.muted,
      toolbar: { show: false },
      zoom: { enabled: false },
      animations: { enabled: false },
      parentHeightOffset: 0,
      redrawOnParentResize: true,
    },
    theme: { mode: isDark() ? "dark" : "light" },
    colors: spec.series.map((item, index) => colours[item.role ?? String(index + 1)] ?? colours[1]),
    series: spec.series.map((item) => ({ name: item.name, data: item.points })),
    stroke: {
      curve: spec.kind === "step" ? "stepline" : "straight",
      width: bars ? 0 : spec.series.map((item) => (item.role === "before" ? 1.5 : 2)),
      dashArray: spec.series.map((item) => (item.dashed ? 4 : 0)),
      lineCap: "round",
    },
    fill: { type: "solid", opacity: area ? 0.14 : 1 },
    dataLabels: { enabled: false },
    markers: { size: 0, hover: { size: 4 } },
    plotOptions: { bar: { columnWidth: "70%" } },
    legend: {
      show: spec.series.length > 1,
      position: "top",
      horizontalAlign: "left",
      fontSize: "12px",
      labels: { colors: colours.ink },
      markers: { size: 5 },
      onItemClick: { toggleDataSeries: false },
      onItemHover: { highlightDataSeries: false },
    },
    grid: { borderColor: colours.line, strokeDashArray: 0, padding: { left: 8, right: 12, top: 0, bottom: 0 } },
    xaxis: {
      type: "datetime",
      min: spec.from,
      max: spec.to,
      labels: { datetimeUTC: utc, style: { fontSize: "11px" }, datetimeFormatter: { year: "yyyy", month: "MMM yyyy", day: "d MMM", hour: "HH:mm" } },
      axisBorder: { color: colours.line },
      axisTicks: { color: colours.line },
      tooltip: { enabled: false },
      crosshairs: { stroke: { color: colours.muted, dashArray: 0 } },
    },
    yaxis: {
      min: spec.y?.min ?? undefined,
      max: spec.y?.max ?? undefined,
      tickAmount: 4,
      labels: { style: { fontSize: "11px" }, formatter: (value) => formatValue(value, spec.y) },
    },
    tooltip: {
      shared: true,
      intersect: false,
      theme: isDark() ? "dark" : "light",
      x: { formatter: (at) => clock.formatTime(at, "minute") },
      y: { formatter: (value) => formatValue(value, spec.y) },
    },
    annotations: annotations(spec, colours),
    noData: { text: "No data in this span" },
  };
}

/** The same figures as a table, filled when someone opens it. */
function table(spec) {
  const head = element("tr", {}, element("th", { scope: "col" }, "Time"), ...spec.series.map((item) => element("th", { scope: "col", class: "num" }, item.name)));
  const times = [...new Set(spec.series.flatMap((item) => item.points.map(([at]) => at)))].sort((a, b) => b - a).slice(0, 200);
  const columns = spec.series.map((item) => new Map(item.points));
  const rows = times.map((at) => element(
    "tr",
    {},
    element("th", { scope: "row" }, clock.formatTime(at, "minute")),
    ...columns.map((column) => element("td", { class: "num" }, formatValue(column.get(at), spec.y))),
  ));
  return element("table", { class: "table" }, element("caption", { class: "visually-hidden" }, spec.label ?? "Chart"), element("thead", {}, head), element("tbody", {}, ...rows));
}

function mergePoints(points, more, from) {
  const kept = points.filter(([at]) => at >= (from ?? -Infinity) && !more.some(([other]) => other === at));
  return [...kept, ...more].sort((a, b) => a[0] - b[0]).slice(-pointsAtMost);
}

/** Draws a chart into host. For interop: the object returned has update(spec), append(deltas, from, to) and dispose(). */
export async function create(host, spec) {
  const abort = new AbortController();
  let shown = structuredClone(spec);
  let chart;
  let timer;
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", shown.label ?? "Chart");
  const canvas = host.appendChild(element("div", { class: "chart-canvas", "aria-hidden": "true" }));

  const details = host.parentElement?.querySelector(".chart-table");
  const fillTable = () => details?.open && details.querySelector("[data-chart-table]")?.replaceChildren(table(shown));
  details?.addEventListener("toggle", fillTable, { signal: abort.signal });

  const draw = async () => {
    timer = undefined;
    if (abort.signal.aborted || !host.isConnected) {
      return;
    }
    host.setAttribute("aria-label", shown.label ?? "Chart");
    await chart.updateOptions(options(shown, host), false, false, false);
    fillTable();
  };
  const redraw = () => {
    timer ??= setTimeout(draw, redrawMs);
  };

  try {
    const ApexCharts = await load();
    if (abort.signal.aborted || !host.isConnected) {
      return inert;
    }
    chart = new ApexCharts(canvas, options(shown, host));
    await chart.render();
  } catch (fault) {
    canvas.remove();
    host.removeAttribute("role");
    host.append(element("p", { class: "fault" }, "The chart could not be drawn. Its figures are in the table below."));
    console.warn("chart", fault);
    return inert;
  }
  document.addEventListener("ops:theme", redraw, { signal: abort.signal });
  document.addEventListener("ops:zone", redraw, { signal: abort.signal });

  return {
    update(next) {
      shown = structuredClone(next);
      redraw();
    },
    append(deltas, from, to) {
      for (const delta of deltas) {
        const series = shown.series.find((item) => item.name === delta.name);
        if (series) {
          series.points = mergePoints(series.points, delta.points, from);
        }
      }
      shown.from = from ?? shown.from;
      shown.to = to ?? shown.to;
      redraw();
    },
    dispose() {
      abort.abort();
      clearTimeout(timer);
      chart.destroy();
      canvas.remove();
    },
  };
}

const inert = { update() {}, append() {}, dispose() {} };
