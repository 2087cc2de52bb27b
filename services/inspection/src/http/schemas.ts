import { type Instant, parseInstant, type RegionCode } from '@dual-random/kernel'
import { z } from 'zod'
import { openedModes } from '../domain/opening.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** A UTC instant; written with milliseconds from here on, so that instants compare as text. */
export const instant = z.string().transform((given, context): Instant => {
  const parsed = parseInstant(given)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'YYYY-MM-DDThh:mm:ssZ' })
  return z.NEVER
})

export const localDate = z.iso.date()

/** Of a report: the caller's region and the year that is running where they are left out. */
export const regionAndYear = z.object({
  regionCode: z
    .string()
    .regex(/^[1-9]\d{5}$/)
    .transform((code) => code as RegionCode)
    .optional(),
  year: z.coerce.number().int().min(2000).max(2999).optional(),
})

const evidence = z.strictObject({
  description: text(2000),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

export const resultEntry = z.strictObject({
  itemCode: text(96),
  resultType: text(60),
  subValue: text(60).optional(),
  correctBy: localDate.optional(),
  methods: z.array(text(60)).min(1).max(10),
  methodNote: text(500).optional(),
  recordForm: z.strictObject({
    form: text(200),
    entries: z
      .array(z.strictObject({ point: text(500), finding: text(4000) }))
      .min(1)
      .max(500),
  }),
  checkedAt: instant.optional(),
  information: text(2000).optional(),
  contactAttempts: z
    .array(z.strictObject({ at: instant, manner: text(60), evidence: text(2000) }))
    .max(50)
    .optional(),
  facts: text(4000).optional(),
  evidence: z.array(evidence).max(100).optional(),
  clue: text(4000).optional(),
  sampleOrItem: text(500).optional(),
  note: text(4000).optional(),
  reliesOn: z
    .array(
      z.strictObject({
        kind: z.enum(['DEPARTMENT_CONCLUSION', 'JUDICIAL_DOCUMENT', 'PROFESSIONAL_CONCLUSION']),
        source: text(500),
        date: localDate,
        identifier: text(200),
      }),
    )
    .max(20)
    .optional(),
  opensFollowUp: z.boolean().optional(),
})

export const closingRequest = z.strictObject({
  outcome: text(60),
  decision: text(4000),
  proof: z.array(evidence).max(100).optional(),
  link: z.strictObject({ issuedBy: text(200), identifier: text(200), date: localDate }).optional(),
  basis: text(2000).optional(),
})

/** What policy calls a member of one of its lists. */
const policyCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/)

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

export const feedbackContent = z.strictObject({
  text: text(10_000).exactOptional(),
  document: z.strictObject({ digest: sha256Hex, title: text(200) }).exactOptional(),
})

export const recusalRequest = z.strictObject({
  raisedBy: z.enum(['INSPECTOR', 'OBJECT']),
  inspectorIds: z.array(text(96)).min(1).max(50),
  ground: policyCode,
  statement: text(4000),
})

export const recusalRejection = z.strictObject({ reasons: text(4000) })

const namedExpert = z.strictObject({ name: text(100), institution: text(200), speciality: text(200) })

const registeredExpert = z.strictObject({ institutionId: z.string().regex(/^[0-9a-f]{32}$/), field: text(500), work: text(60) })

export const expert = z.union([namedExpert, registeredExpert])

const openedMode = z.enum(openedModes)

/** Whom the initiator of a joint check designates (DRW-23). */
export const leaderRequest = z.strictObject({ inspectorId: text(96) })

export const teamRequest = z.strictObject({ inspectorIds: z.array(text(96)).min(1).max(50), leaderId: text(96) })

export const openingRequest = z.strictObject({
  taskName: text(200),
  objectId: z.string().regex(/^[0-9a-f]{32}$/),
  window: z.strictObject({ start: localDate, end: localDate }),
  itemCodes: z.array(text(96)).max(100).default([]),
  ...teamRequest.shape,
  jointException: z.strictObject({ ground: text(60), basis: text(4000) }).exactOptional(),
  override: z.strictObject({ reason: text(4000), legalBasis: text(2000) }).exactOptional(),
  untriggered: z.strictObject({ reason: text(4000), legalBasis: text(2000) }).exactOptional(),
  opening: z.discriminatedUnion('ground', [
    z.strictObject({
      ground: z.literal('CLUE'),
      source: policyCode,
      sourceNote: text(200).exactOptional(),
      reference: text(2000),
      clueIds: z.array(text(96)).max(100).default([]),
    }),
    z.strictObject({
      ground: z.literal('KEY_LIST_MATTER'),
      matter: text(400),
      planned: z.strictObject({ planId: text(96), lineId: text(96), matterId: text(96) }).exactOptional(),
    }),
    z.strictObject({
      ground: z.literal('PLANNED_LINE'),
      mode: openedMode,
      planned: z.strictObject({ planId: text(96), lineId: text(96) }),
    }),
    z.strictObject({
      ground: z.literal('STATUTORY_DUTY'),
      mode: openedMode,
      duty: z.strictObject({ name: text(400), legalBasis: text(4000), description: text(4000) }),
    }),
    z.strictObject({ ground: z.literal('LEGAL_EXEMPTION'), mode: openedMode, legalBasis: text(4000) }),
  ]),
})

export const onSiteRequest = z.strictObject({
  ground: policyCode.optional(),
  source: text(2000).optional(),
  clueIds: z.array(text(96)).max(100).optional(),
  override: z.strictObject({ reason: text(4000), legalBasis: text(2000) }).optional(),
})

export const expertRemoval = z.strictObject({ reason: text(2000) })
