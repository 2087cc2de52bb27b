/** Length padding, message schedule and compression of SM3 (GB/T 32905-2016 §5.3); 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  const blocks = Math.ceil((message.length + 9) / 64)
  const padded = new Uint8Array(64 * blocks)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, 8n * BigInt(message.length))
  const state = Int32Array.of(
    0x7380166f,
    0x4914b2b9,
    0x172442d7,
    0xda8a0600 | 0,
    0xa96f30bc | 0,
    0x163138aa,
    0xe38dee4d | 0,
    0xb0fb0e4e | 0,
  )
  for (let block = 0; block < blocks; block++) compress(state, view, 64 * block)
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  for (const [index, word] of state.entries()) out.setInt32(4 * index, word)
  return digest
}

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
const p0 = (x: number): number => x ^ rotl(x, 9) ^ rotl(x, 17)
const p1 = (x: number): number => x ^ rotl(x, 15) ^ rotl(x, 23)

/** T_j <<< j of every round. */
const constants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))
const schedule = new Int32Array(68)

function compress(state: Int32Array, view: DataView, offset: number): void {
  const w = schedule
  for (let j = 0; j < 16; j++) w[j] = view.getInt32(offset + 4 * j)
  for (let j = 16; j < 68; j++) {
    w[j] = p1(at(w, j - 16) ^ at(w, j - 9) ^ rotl(at(w, j - 3), 15)) ^ rotl(at(w, j - 13), 7) ^ at(w, j - 6)
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let j = 0; j < 64; j++) {
    const a12 = rotl(a, 12)
    const ss1 = rotl((a12 + e + at(constants, j)) | 0, 7)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ a12) + (at(w, j) ^ at(w, j + 4))) | 0
    const tt2 = (gg + h + ss1 + at(w, j)) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = p0(tt2)
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = at(state, index) ^ word
}

/** Indices here are bounded by the loops. */
const at = (words: Int32Array, index: number): number => words[index] as number
