// From degrees to the coordinates of the pictures, and from polygons to SVG path data.

const WIDTH = 600;
const PADDING = 4; // so that a border's stroke is not cut off at the edge
const TENTHS = 10; // path data are rounded to 0.1

const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (radians) => (radians * 180) / Math.PI;
const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2));
const latitudeOf = (y) => degrees(2 * Math.atan(Math.exp(y)) - Math.PI / 2);

function rings(geometry) {
  return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates;
}

/** The rectangle of the pictures: what it spans on the earth (Mercator), and its size. */
export class Frame {
  constructor(collection) {
    const points = collection.features.flatMap(({ geometry }) => rings(geometry).flat());
    const longitudes = points.map(([longitude]) => longitude);
    const heights = points.map(([, latitude]) => mercator(latitude));
    const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
    const [south, north] = [Math.min(...heights), Math.max(...heights)];

    this.scale = (WIDTH - 2 * PADDING) / radians(east - west);
    const padding = PADDING / this.scale;
    this.left = radians(west) - padding;
    this.top = north + padding;
    this.width = WIDTH;
    this.height = Math.ceil((north - south) * this.scale + 2 * PADDING);
  }

  get viewBox() {
    return `0 0 ${this.width} ${this.height}`;
  }

  place([longitude, latitude]) {
    return [(radians(longitude) - this.left) * this.scale, (this.top - mercator(latitude)) * this.scale];
  }

  toJSON() {
    const bottom = this.top - this.height / this.scale;
    return {
      viewBox: this.viewBox,
      width: this.width,
      height: this.height,
      west: degrees(this.left),
      east: degrees(this.left + this.width / this.scale),
      north: latitudeOf(this.top),
      south: latitudeOf(bottom),
    };
  }
}

/** Writes tenths as short as SVG allows: "-.5", "12", "3.4". */
function number(tenths) {
  return String(tenths / TENTHS).replace(/^(-?)0\./, "$1.");
}

function join(numbers) {
  return numbers.reduce((text, next) => text + (text && !next.startsWith("-") ? " " : "") + next, "");
}

function ringPath(frame, ring) {
  const corners = [];
  for (const corner of ring.map((place) => frame.place(place).map((value) => Math.round(value * TENTHS)))) {
    const before = corners.at(-1);
    if (!before || before[0] !== corner[0] || before[1] !== corner[1]) corners.push(corner);
  }
  corners.pop(); // the last one repeats the first
  if (corners.length < 3) return "";
  const steps = corners.slice(1).map((corner, index) => corner.map((value, axis) => value - corners[index][axis]));
  return `M${join(corners[0].map(number))}l${join(steps.flat().map(number))}z`;
}

/** Returns a polygon as path data: a start, then steps relative to it. */
export function pathData(frame, geometry) {
  return rings(geometry)
    .map((ring) => ringPath(frame, ring))
    .join("");
}
