// Loss and gradient of the models as one would write them without a library: plain loops over rows, layers and units.

/** Blocks W1, b1, W2 … of the layout as layers { w, b, from, to }: offsets and widths. */
export function layersOf(layout) {
  const layers = [];
  for (let i = 0; i < layout.length; i++) {
    const block = layout[i];
    const shape = block.shape.length === 2 ? block.shape : [1, block.shape[0]];
    const bias = layout[i + 1];
    layers.push({ w: block.offset, to: shape[0], from: shape[1], b: bias === undefined ? -1 : bias.offset });
    i++;
  }
  return layers;
}

/**
 * Mean loss over the rows plus l2/2 Σ W², and its gradient written to `gradient`. `kind`: "squared" (one output), "logistic" (one output,
 * classes 0 and 1) or "softmax". Hidden units are tanh.
 */
export function lossAndGradient(weights, layers, { x, y, rows }, kind, l2, gradient) {
  gradient.fill(0);
  const last = layers.length - 1;
  const values = layers.map(({ to }) => new Float64Array(to));
  const deltas = layers.map(({ to }) => new Float64Array(to));
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    for (let l = 0; l <= last; l++) {
      const { w, b, from, to } = layers[l];
      const input = l === 0 ? x : values[l - 1];
      const at = l === 0 ? r * from : 0;
      const output = values[l];
      for (let j = 0; j < to; j++) {
        const row = w + j * from;
        let sum = b < 0 ? 0 : weights[b + j];
        for (let k = 0; k < from; k++) sum += weights[row + k] * input[at + k];
        output[j] = l === last ? sum : Math.tanh(sum);
      }
    }
    const out = values[last];
    const delta = deltas[last];
    if (kind === "squared") {
      const d = out[0] - y[r];
      loss += d * d;
      delta[0] = 2 * d;
    } else if (kind === "logistic") {
      const u = out[0];
      loss += Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))) - y[r] * u;
      delta[0] = 1 / (1 + Math.exp(-u)) - y[r];
    } else {
      let max = -Infinity;
      for (const z of out) max = Math.max(max, z);
      let sum = 0;
      for (const z of out) sum += Math.exp(z - max);
      loss += Math.log(sum) + max - out[y[r]];
      for (let j = 0; j < out.length; j++) delta[j] = Math.exp(out[j] - max) / sum - (j === y[r] ? 1 : 0);
    }
    for (let l = last; l >= 0; l--) {
      const { w, b, from, to } = layers[l];
      const input = l === 0 ? x : values[l - 1];
      const at = l === 0 ? r * from : 0;
      const delta = deltas[l];
      for (let j = 0; j < to; j++) {
        const d = delta[j];
        const row = w + j * from;
        if (b >= 0) gradient[b + j] += d;
        for (let k = 0; k < from; k++) gradient[row + k] += d * input[at + k];
      }
      if (l === 0) continue;
      const before = deltas[l - 1].fill(0);
      for (let j = 0; j < to; j++) {
        const d = delta[j];
        const row = w + j * from;
        for (let k = 0; k < from; k++) before[k] += d * weights[row + k];
      }
      for (let k = 0; k < from; k++) before[k] *= 1 - input[k] * input[k];
    }
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] /= rows;
  let penalty = 0;
  for (const { w, from, to } of layers)
    for (let i = w; i < w + from * to; i++) {
      penalty += weights[i] * weights[i];
      gradient[i] += l2 * weights[i];
    }
  return loss / rows + (l2 / 2) * penalty;
}
