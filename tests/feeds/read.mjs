// Reads a feed from standard input with feedparser and prints what it found as JSON; a fault of the feed ends with 1.
import FeedParser from "feedparser";

const parser = new FeedParser({ feedurl: "https://status.example/status/history" });
const items = [];
parser.on("error", (fault) => {
  console.error(fault.message);
  process.exit(1);
});
parser.on("readable", () => {
  for (let item = parser.read(); item; item = parser.read()) {
    items.push({ guid: item.guid, title: item.title, link: item.link, description: item.description, date: item.date });
  }
});
parser.on("end", () => {
  const { title, link, date, "#type": type, "#version": version } = parser.meta;
  console.log(JSON.stringify({ type, version, title, link, date, items }));
});
process.stdin.pipe(parser);
