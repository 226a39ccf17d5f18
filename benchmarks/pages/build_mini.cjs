// Builds MiniSearch's index: node build_mini.cjs PACKAGE SETTINGS DOCUMENTS INDEX; prints the milliseconds.
const fs = require("fs");
const [, , library, settings, documents, index] = process.argv;
const MiniSearch = require(library);
const search = new MiniSearch(require(settings).miniSettings);
const list = JSON.parse(fs.readFileSync(documents, "utf8"));
const started = performance.now();
search.addAll(list);
const text = JSON.stringify(search);
console.log(performance.now() - started);
const quoted = text.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/[\u2028\u2029]/g, " ");
fs.writeFileSync(index, "miniLoaded(JSON.parse('" + quoted + "'));\n");
