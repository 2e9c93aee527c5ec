// Random numbers without a state, the same as the program's: docs/random-numbers.md.

/** PCG4D (Jarzynski and Olano, JCGT 9(3), 2020): the first of four numbers of 32 bits, or all. */
function pcg4d(x, y, z, w, all) {
  x = (Math.imul(x, 1664525) + 1013904223) | 0;
  y = (Math.imul(y, 1664525) + 1013904223) | 0;
  z = (Math.imul(z, 1664525) + 1013904223) | 0;
  w = (Math.imul(w, 1664525) + 1013904223) | 0;
  for (let round = 0; round < 2; round++) {
    x = (x + Math.imul(y, w)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
    w = (w + Math.imul(y, z)) | 0;
    if (round === 0) {
      x ^= x >>> 16;
      y ^= y >>> 16;
      z ^= z >>> 16;
      w ^= w >>> 16;
    }
  }
  return all ? [x >>> 0, y >>> 0, z >>> 0, w >>> 0] : x >>> 0;
}

/** What the numbers are for. */
const Stream = { fire: 0, noise: 6, noiseDamage: 7, deaths: 8 };

/** What all cells of a step share. */
const randomKey = (seed, stream, step) => pcg4d(seed, stream, step, 0, true).slice(0, 2);

/** A multiple of 2^-24, 0 to below 1. */
const randomFraction = (key, x, y) => (pcg4d(x, y, key[0], key[1]) >>> 8) / 16777216;

/** A cell fires where the upper 24 bits of its number are below this. */
const fireLimit = (rate) => (rate > 0 ? Math.ceil(Math.min(Math.fround(rate), 1) * 16777216) : 0);
