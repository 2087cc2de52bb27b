import type { InspectorId, Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type Trainee, type Training, type TrainingAudience, trainedAt, trainingCoverage, trainingRefusal } from './training.ts'

const today = '2026-03-02' as LocalDate

const trainee = (id: string, regionCode: string): Trainee => ({ inspectorId: id as InspectorId, regionCode: regionCode as RegionCode })

const training = (regionCode: string, audience: TrainingAudience, heldOn = '2026-03-02', attendees: readonly string[] = []): Training => ({
  id: 't',
  unitId: `${regionCode}-scj` as UnitId,
  regionCode: regionCode as RegionCode,
  audience,
  title: '双随机、一公开业务培训',
  heldOn: heldOn as LocalDate,
  attendees: attendees as readonly InspectorId[],
  recordedBy: 'clerk',
  recordedAt: '2026-03-02T01:00:00.000Z' as Instant,
})

describe('REG-40 training by level', () => {
  it('REG-40 lets the province train trainers and key staff of all levels below it', () => {
    const trainees = [trainee('a', '230000'), trainee('b', '230300'), trainee('c', '230302')]
    expect(trainingRefusal(training('230000', 'TRAINERS'), trainees, today)).toBeUndefined()
    expect(trainingRefusal(training('230000', 'KEY_STAFF'), trainees, today)).toBeUndefined()
    expect(trainingRefusal(training('230000', 'KEY_STAFF'), [trainee('d', '220100')], today)).toEqual({
      code: 'trainee-of-other-level',
      inspectorIds: ['d'],
    })
  })

  it('REG-40 leaves trainers and key staff to the province', () => {
    expect(trainingRefusal(training('230300', 'TRAINERS'), [], today)).toEqual({ code: 'training-audience-not-own', level: 'CITY' })
    expect(trainingRefusal(training('230302', 'KEY_STAFF'), [], today)).toEqual({ code: 'training-audience-not-own', level: 'COUNTY' })
  })

  it('REG-40 has city and county train their own level, neither the level below nor the one above', () => {
    expect(trainingRefusal(training('230300', 'OWN_LEVEL'), [trainee('b', '230300')], today)).toBeUndefined()
    expect(trainingRefusal(training('230300', 'OWN_LEVEL'), [trainee('b', '230300'), trainee('c', '230302')], today)).toEqual({
      code: 'trainee-of-other-level',
      inspectorIds: ['c'],
    })
    expect(trainingRefusal(training('230302', 'OWN_LEVEL'), [trainee('b', '230300')], today)?.code).toBe('trainee-of-other-level')
    expect(trainingRefusal(training('230302', 'OWN_LEVEL'), [trainee('c', '230302')], today)).toBeUndefined()
  })

  it('REG-40 records a training on the day it is held, not before', () => {
    expect(trainingRefusal(training('230300', 'OWN_LEVEL', '2026-03-02'), [], today)).toBeUndefined()
    expect(trainingRefusal(training('230300', 'OWN_LEVEL', '2026-03-03'), [], today)?.code).toBe('training-not-held')
  })

  it('REG-40 covers all inspectors only when none is left untrained, each counted once', () => {
    const inspectors = [trainee('a', '230300'), trainee('b', '230300'), trainee('c', '230300')]
    const held = [training('230300', 'OWN_LEVEL', '2026-03-01', ['a', 'b']), training('230000', 'TRAINERS', '2026-03-02', ['a', 'z'])]
    expect(trainingCoverage(inspectors, held)).toEqual({ inspectors: 3, trained: 2, untrained: [trainee('c', '230300')] })
    expect(trainingCoverage(inspectors.slice(0, 2), held).untrained).toEqual([])
  })

  it('REG-40 knows of an instant only the trainings on record by then', () => {
    const held = [training('230300', 'OWN_LEVEL', '2026-03-01', ['a'])]
    expect([...trainedAt(held, '2026-03-02T01:00:00.000Z' as Instant)]).toEqual(['a'])
    expect([...trainedAt(held, '2026-03-02T00:59:59.999Z' as Instant)]).toEqual([])
  })
})
