import { fromHex, toHex, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { nodeHash, sha256Hash } from '../tests/node-hash.ts'
import { countVectors, elegyVectors, labelVectors, merkleVectors, rankVectors, seedVectors } from '../tests/vectors.ts'
import { elegyKey, elegyTicket } from './elegy.ts'
import {
  deriveDrawId,
  deriveSeed,
  drawnDigest,
  drawnSalt,
  keyDigest,
  labelBlinder,
  labelOf,
  merkleTree,
  pathOfLeaf,
  rankLabels,
  rootOfPath,
  rootOfTree,
  stratumCount,
  tipOf,
} from './index.ts'

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

describe('vectors of the second implementation', () => {
  it('DRW-31 derives drawId, key digest, salts, labels and drawn set alike', () => {
    expect(labelVectors.length).toBe(6)
    for (const { hash: name, parts, drawId, key, keyDigest: expectedKeyDigest, entities } of labelVectors) {
      const hash = nodeHash(name)
      expect(deriveDrawId(hash, parts)).toBe(drawId)
      expect(keyDigest(hash, drawId, bytesOf(key))).toBe(expectedKeyDigest)
      for (const { kind, id, salt, label, drawnSalt: expectedSalt, drawnDigest: expectedDigest } of entities) {
        expect(labelBlinder(hash, bytesOf(key), kind, drawId)(id)).toEqual({ id, salt, label })
        expect(labelOf(hash, kind, drawId, salt, id)).toBe(label)
        expect(drawnSalt(hash, bytesOf(key), drawId, id)).toBe(expectedSalt)
        expect(drawnDigest(hash, drawId, expectedSalt, id)).toBe(expectedDigest)
      }
    }
  })

  it('DRW-31 builds the published Merkle roots, and paths that lead to them', () => {
    const leaves = merkleVectors.leaves.map(bytesOf)
    for (const [size, root] of merkleVectors.roots.entries()) {
      expect(toHex(rootOfTree(merkleTree(sha256Hash, leaves.slice(0, size))))).toBe(root)
    }
    for (const { hash: name, size, index, path, root } of merkleVectors.paths) {
      const hash = nodeHash(name)
      const tree = merkleTree(hash, leaves.slice(0, size))
      expect(pathOfLeaf(tree, index).map(toHex)).toEqual(path)
      expect(toHex(rootOfTree(tree))).toBe(root)
      const found = rootOfPath(hash, leaves[index] as Uint8Array, index, size, path.map(bytesOf))
      expect(found === undefined ? undefined : toHex(found)).toBe(root)
    }
  })

  it('DRW-31 gives the tickets printed in draft-thomson-elegy-vrs', () => {
    for (const { code, labels } of elegyVectors.iterations) {
      const ticket = elegyTicket(sha256Hash, elegyKey(sha256Hash, bytesOf(code), utf8(elegyVectors.randomness)))
      const tickets = labels.map(({ label }) => toHex(ticket(utf8(label))))
      for (const [index, { ticketHead }] of labels.entries()) expect(tickets[index]?.slice(0, ticketHead.length)).toBe(ticketHead)
      expect([...tickets].sort()).toEqual(tickets)
    }
  })

  it('DRW-31 selects whom draft-thomson-elegy-vrs selects of all colours, and whom it puts in the place of others', () => {
    expect(elegyVectors.candidates).toHaveLength(148)
    for (const { code, labels } of elegyVectors.iterations) {
      const ticket = elegyTicket(sha256Hash, elegyKey(sha256Hash, bytesOf(code), utf8(elegyVectors.randomness)))
      const ranked = elegyVectors.candidates
        .map((label) => ({ label, ticket: toHex(ticket(utf8(label))) }))
        .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      expect(ranked.slice(0, labels.length).map(({ label }) => label)).toEqual(labels.map(({ label }) => label))
    }
  })

  it('DRW-31 ranks alike in every context and hash', () => {
    expect(rankVectors.length).toBe(8)
    for (const { hash, seed, context, labels, ranked } of rankVectors)
      expect(rankLabels(nodeHash(hash), seed, context, labels)).toEqual(ranked)
  })

  it('DRW-31 DRW-32 derives Z and tips alike, whatever the order of sources and reveals', () => {
    for (const { hash: name, commitment, beacons, reveals, seed, tipsUnderDrawIdEqualToCommitment } of seedVectors) {
      expect(deriveSeed(nodeHash(name), commitment, beacons, reveals)).toBe(seed)
      expect(reveals.map((reveal) => tipOf(nodeHash(name), commitment, reveal))).toEqual(tipsUnderDrawIdEqualToCommitment)
    }
    expect(seedVectors[0]?.seed).toBe(seedVectors[2]?.seed)
    expect(seedVectors[0]?.seed).not.toBe(seedVectors[1]?.seed)
  })

  it('CRD-17 counts alike under every rule, with the raw fraction', () => {
    expect(countVectors.length).toBeGreaterThan(200)
    for (const { mapped, eligible, rule, raw, n } of countVectors) {
      expect(stratumCount({ stratum: 'A', mapped, eligible }, rule)).toEqual({ stratum: 'A', mapped, eligible, rule, raw, n })
    }
  })
})
