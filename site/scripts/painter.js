// Draws the orders of a recording (tools/build_site/orders.py) on a canvas, sharp on every screen.

class OrdersPainter {
  node;
  #known = new Map(); // paths and images by the number of their shape
  #background = document.createElement("canvas");
  #shown = -1; // the number of the background that is drawn
  #newest = "";

  constructor({ width, size, fine }, tables) {
    this.scale = Math.max(1.5, devicePixelRatio);
    this.fine = fine;
    this.tables = tables;
    const [across, up] = size.map((each) => Math.round(each * this.scale));
    this.node = element("canvas", { role: "img", style: `width: ${width}px`, width: across, height: up });
    Object.assign(this.#background, { width: across, height: up });
  }

  paint({ picture }) {
    const [background, ...moving] = new Uint32Array(picture.slice().buffer);
    if (String([background, moving]) === this.#newest) return;
    this.#newest = String([background, moving]);
    if (background !== this.#shown) this.#draw(this.#background.getContext("2d"), [background]);
    this.#shown = background;
    const context = this.node.getContext("2d");
    context.resetTransform();
    context.drawImage(this.#background, 0, 0);
    this.#draw(context, moving, false);
    this.node.dataset.drawn = Number(this.node.dataset.drawn ?? 0) + 1;
  }

  #draw(context, drawn, clear = true) {
    const { orders, styles } = this.tables;
    const [{ width, height }, unit] = [context.canvas, this.scale / this.fine];
    context.resetTransform();
    if (clear) context.clearRect(0, 0, width, height);
    context.setTransform(unit, 0, 0, -unit, 0, height);
    for (const number of drawn) {
      for (const [kind, style, shape, ...rest] of orders[number]) {
        context.save();
        this.#use(context, styles[style]);
        if (kind === "image") this.#image(context, shape, ...rest);
        else this.#path(context, styles[style], shape, ...rest);
        context.restore();
      }
    }
  }

  #use(context, [fill, ink, line, dash, cap, join, clip]) {
    const [x, y, width, height] = clip.map((each) => each * this.fine);
    if (clip.length) {
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
    }
    Object.assign(context, { lineWidth: line * this.fine, lineCap: cap, lineJoin: join });
    if (fill) context.fillStyle = fill;
    if (ink) context.strokeStyle = ink;
    context.setLineDash(dash.map((each) => each * this.fine));
  }

  #path(context, [fill, ink], shape, [across, up]) {
    const path = this.#once(shape, (d) => new Path2D(d));
    across.forEach((step, i) => {
      context.translate(step, up[i]);
      if (fill) context.fill(path);
      if (ink) context.stroke(path);
    });
  }

  #image(context, shape, [x, y, width, height], columns, rows) {
    const image = this.#once(shape, (pixels) => imageOf(pixels, columns, rows));
    context.imageSmoothingEnabled = false;
    context.transform(width / columns, 0, 0, height / rows, x, y);
    context.drawImage(image, 0, 0);
  }

  #once(shape, make) {
    if (!this.#known.has(shape)) this.#known.set(shape, make(this.tables.shapes[shape]));
    return this.#known.get(shape);
  }
}

/** A canvas with the pixels that hexadecimal digits say: two of a grey one, eight of one in colour. */
function imageOf(pixels, columns, rows) {
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  const data = new ImageData(columns, rows);
  const grey = pixels.length === 2 * columns * rows;
  const byte = (at) => parseInt(pixels.slice(2 * at, 2 * at + 2), 16);
  for (let i = 0; i < data.data.length; i++) data.data[i] = !grey ? byte(i) : i % 4 === 3 ? 255 : byte(i >> 2);
  canvas.getContext("2d").putImageData(data, 0, 0);
  return canvas;
}
