/** One ratio a grade, each within its band of the coal cities' preset: as a planner's request has them. */
export const ratiosInBands = [
  { stratum: 'A', ratio: '3%' },
  { stratum: 'B', ratio: '4%' },
  { stratum: 'C', ratio: '20%' },
  { stratum: 'D', ratio: '100%' },
  { stratum: 'UNGRADED', ratio: '5%' },
]
