// Makes the guide's pages with Eleventy and Nunjucks, from the same YAML files. The project stands beside this folder.
import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";

const PROJECT = path.resolve("../project");
const read = (name) => yaml.load(fs.readFileSync(path.join(PROJECT, "data", name), "utf8"), { schema: yaml.FAILSAFE_SCHEMA });
const TIERS = ["Office in this county", "Serves this county from elsewhere", "Statewide", "National"];
const FOLD = 5;

function gather() {
  const counties = read("counties.yaml").counties.map((one) => ({
    ...one, state: one.id.slice(0, 2), full: one.id.startsWith("il/") ? `${one.name}, Illinois` : one.name }));
  const regions = read("regions.yaml").regions;
  const groups = read("services.yaml").groups;
  const people = Object.fromEntries(read("people.yaml").people.map((one) => [one.id, one.label]));
  const languages = Object.fromEntries(read("languages.yaml").languages.map((one) => [one.id, one.label]));
  const services = Object.fromEntries(groups.flatMap((group) => group.services).map((one) => [one.id, one]));
  const byId = Object.fromEntries(counties.map((one) => [one.id, one]));
  const areas = { us: "the whole country", mo: "all of Missouri", il: "all of Illinois",
    ...Object.fromEntries(regions.map((one) => [one.id, one.id === "metro-east" ? one.name : `${one.name} region`])),
    ...Object.fromEntries(counties.map((one) => [one.id, one.full])) };
  const states = { mo: "Missouri", il: "Illinois", us: "" };
  const listings = ["us", "mo", "il", ...counties.map((one) => one.id)].flatMap((area) =>
    read(`resources/${area}.yaml`).listings.map((one) => finished(one, area, byId[area], states[area.slice(0, 2)])));
  listings.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return { counties, regions, groups, services, people, languages, byId, areas, listings, site: read("site.yaml"),
    outlines: JSON.parse(fs.readFileSync("outlines.json", "utf8")) };
}

function finished(one, area, county, state) {
  const place = one.location || {};
  const city = ["public", "area"].includes(place.visibility) ? place.city : "";
  const office = area === "us" ? city || "National" : [city, county ? county.full : state].filter(Boolean).join(", ");
  const newest = one.sources.map((source) => source.published || "").sort().at(-1);
  const day = 99999999 - Number(`${newest.replaceAll("-", "")}00000000`.slice(0, 8));
  const all = (one.phones || []).some((phone) => phone.hours === "24/7");
  const trafficking = one.trafficking === "true";
  return { ...one, area, place, office, newest, trafficking, phones: one.phones || [], serves: one.serves || [],
    rank: `${trafficking ? 0 : 1}${all ? 0 : 1}${String(day).padStart(8, "0")}${one.name.toLowerCase()} ${one.id}` };
}

function tierOf(listing, county) {
  const serves = listing.serves.length ? listing.serves : [listing.area];
  if (listing.area === county.id) return 0;
  if (serves.includes(county.id) || serves.includes(county.region)) return 1;
  if (serves.includes(county.state)) return 2;
  return serves.includes("us") ? 3 : -1;
}

function countyPages(guide) {
  return guide.counties.map((county) => {
    const offers = guide.listings.map((listing) => ({ listing, tier: tierOf(listing, county),
      ask: ![county.id, county.region, county.state, "us"].some((one) => listing.serves.includes(one)) }))
      .filter((one) => one.tier >= 0).sort((a, b) => a.tier - b.tier);
    const section = (label, some, id, line) => {
      const cut = some.length > FOLD + 1 ? FOLD : some.length;
      return { label, id, line, count: some.length, shown: tiers(some.slice(0, cut)), folded: tiers(some.slice(cut)), rest: some.length - cut };
    };
    const needs = guide.groups.map((group) => ({ group, sections: group.services.map((service) =>
      section(service.label, offers.filter((one) => one.listing.services.includes(service.id)), service.id, service.line)) }));
    return { ...county, total: offers.length, here: offers.filter((one) => one.tier === 0).length,
      trafficking: section("Says it serves trafficking survivors", offers.filter((one) => one.listing.trafficking)),
      missing: needs.flatMap((need) => need.sections.filter((one) => !one.count)),
      needs: needs.map((need) => ({ ...need, sections: need.sections.filter((one) => one.count) })).filter((need) => need.sections.length) };
  });
}

function tiers(offers) {
  return TIERS.map((name, tier) => ({ name, tier, offers: offers.filter((one) => one.tier === tier) })).filter((one) => one.offers.length);
}

function servicePages(guide) {
  return guide.groups.flatMap((group) => group.services.map((service) => {
    const some = guide.listings.filter((one) => one.services.includes(service.id));
    const here = (county) => some.filter((one) => one.area === county.id);
    return { ...service, group, total: some.length,
      wide: some.filter((one) => !one.area.includes("/") || ["us", "mo", "il"].some((area) => one.serves.includes(area))),
      regions: guide.regions.map((region) => ({ ...region, counties: guide.counties.filter((one) => one.region === region.id)
        .map((county) => ({ county, listings: here(county) })).filter((one) => one.listings.length) })).filter((one) => one.counties.length) };
  }));
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

export default function (config) {
  const guide = gather();
  config.addGlobalData("guide", guide);
  config.addGlobalData("countyPages", countyPages(guide));
  config.addGlobalData("servicePages", servicePages(guide));
  config.addGlobalData("edition", { iso: new Date().toISOString().slice(0, 10) });
  config.addFilter("day", (text) => {
    const [year, month, day] = text.split("-").map(Number);
    return day ? `${MONTHS[month - 1]} ${day}, ${year}` : month ? `${MONTHS[month - 1]} ${year}` : text;
  });
  config.addFilter("digits", (text) => {
    const [number, extension] = text.split(" x");
    const digits = number.replaceAll(/[^0-9]/g, "");
    return (digits.length < 10 ? digits : `+1${digits}`) + (extension ? `,${extension}` : "");
  });
  config.addFilter("host", (text) => new URL(text).host.replace(/^www\./, ""));
  config.addFilter("letters", (things) => {
    const found = {};
    for (const one of [...things].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))) {
      (found[/^\p{L}/u.test(one.name) ? one.name[0].toUpperCase() : "0-9"] ??= []).push(one);
    }
    return found;
  });
  config.addFilter("names", (ids, labels) => ids.map((id, at) => (at ? labels[id] : labels[id][0].toUpperCase() + labels[id].slice(1))).join(", "));
  config.addFilter("filled", (serves, drawn) => serves.map((one) => drawn.counties[one] || drawn.regions[one] || drawn.states[one]).join(" "));
  config.addPassthroughCopy({ "../project/templates/assets": "assets" });
  return { dir: { input: "pages", includes: "../_includes" }, htmlTemplateEngine: "njk" };
}
