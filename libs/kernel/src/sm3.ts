// SM3 by GB/T 32905-2016 in plain JavaScript, for browsers: neither Web Crypto nor @noble/hashes has it.

const rotl = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** T_j of clause 4.2, already rotated by j as clause 5.3.3 uses it. */
const constants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))

/** IV of clause 4.1. */
const initial = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

/** Message expansion of clause 5.3.2: W_0 … W_67; W′_j is W_j ⊕ W_(j+4). */
function expand(words: Int32Array, view: DataView, offset: number): void {
  for (let j = 0; j < 16; j++) words[j] = view.getInt32(offset + 4 * j)
  const at = (j: number): number => words[j] as number
  for (let j = 16; j < 68; j++) {
    const x = at(j - 16) ^ at(j - 9) ^ rotl(at(j - 3), 15)
    words[j] = x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(at(j - 13), 7) ^ at(j - 6)
  }
}

/** Compression of clause 5.3.3, the state changed in place. */
function compress(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let j = 0; j < 64; j++) {
    const word = words[j] as number
    const ss1 = rotl((rotl(a, 12) + e + (constants[j] as number)) | 0, 7)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ rotl(a, 12)) + (word ^ (words[j + 4] as number))) | 0
    const tt2 = (gg + h + ss1 + word) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] as number) ^ word
}

/** One-shot SM3 digest, 32 bytes. */
export function sm3(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(64 * Math.ceil((bytes.length + 9) / 64))
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length))
  const state = Int32Array.from(initial)
  const words = new Int32Array(68)
  for (let offset = 0; offset < padded.length; offset += 64) {
    expand(words, view, offset)
    compress(state, words)
  }
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  for (const [index, word] of state.entries()) out.setInt32(4 * index, word)
  return digest
}
