import { utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { demoJoint, type JointFiles, type JointOptions } from '../../tests/index.ts'
import { type AuditFiles, auditDraw, type PoolFiles, type VerifyOptions } from '../index.ts'

const nodeHash: VerifyOptions['hash'] = (name) => ({ name, digest: (bytes) => digest(name, bytes) })

function filesOf(draw: JointFiles): AuditFiles & { readonly others: ReadonlyMap<string, PoolFiles> } {
  const named = (name: string, text = '') => ({ name, bytes: utf8(text) })
  const pools = [...draw.private.cities].map(([regionCode, { key, objects, exclusions }], index) => {
    const roster = index === 0 ? `rosters/${draw.drawId}.ndjson` : `rosters/${draw.drawId}-${regionCode}.ndjson`
    const text = index === 0 ? draw.roster : draw.family[roster]
    return [regionCode, { roster: named(roster, text), objects, exclusions, key: { name: `K-${regionCode}`, bytes: key } }] as const
  })
  const [own, ...others] = pools
  if (own === undefined) throw new Error('no city')
  return {
    ...own[1],
    others: new Map(others),
    commitment: named('S', draw.commitment),
    transcript: named('transcript', draw.transcript),
    log: named('log', draw.log),
    matchInputs: draw.private.matchInputs,
    match: draw.private.match,
  }
}

function found(options: JointOptions, change: (files: ReturnType<typeof filesOf>) => Partial<AuditFiles> = () => ({})): readonly string[] {
  const files = filesOf(demoJoint(options))
  const audit = auditDraw({ ...files, ...change(files) }, nodeHash)
  if (!audit.ok) throw new Error(JSON.stringify(audit.error))
  return audit.value.findings.map((one) => `${one.code} ${one.file.replace(/[0-9a-f]{64}/, '%')} ${one.where}`)
}

describe('the audit of a draw of several cities', () => {
  it('DRW-26 DRW-31 finds nothing in an honest one', () => {
    expect(found({ merged: true })).toEqual([])
    expect(found({ others: ['230400'], publicOpening: 'full', hash: 'sm3' })).toEqual([])
    expect(found({ delegated: (code) => (code === '230400' ? ['230400', '230600'] : [code]) })).toEqual([])
  })

  it('DRW-26 finds one id in the rosters of two cities, though each has labels of its own', () => {
    const findings = found({ cloned: true })
    expect(findings).toEqual([expect.stringMatching(/^clone objects-230400\.ndjson line \d+ \/id$/)])
  })

  it('DRW-26 names the city whose files or key are missing or wrong, and tells nothing of the rest', () => {
    expect(found({}, ({ others }) => ({ others: new Map([...others].slice(1)) }))).toEqual(['not-given S /joint/parts/0'])
    const wrong = ({ others }: ReturnType<typeof filesOf>): Partial<AuditFiles> => ({
      others: new Map(
        [...others].map(([code, of]) => [code, code === '230600' ? { ...of, key: { name: 'K', bytes: new Uint8Array(32) } } : of]),
      ),
    })
    expect(found({}, wrong)).toEqual(['wrong-key K '])
  })

  it('DRW-26 looks at every city’s private files', () => {
    const [code, ...places] = found({}, ({ others }) => ({
      others: new Map(
        [...others].map(([region, of]) => [
          region,
          region === '230400' ? { ...of, exclusions: others.get('230600')?.exclusions ?? of.exclusions } : of,
        ]),
      ),
    }))
    expect(code).toBe('differs exclusions-230600.ndjson ')
    expect(places.length).toBeGreaterThan(0)
  })
})
