import type { GetClueTaskResponse, GetPlanLineResponse, LineCity, PlanningServiceClient } from '@dual-random/contracts/planning'
import type { DrawnFor } from '@dual-random/draw'
import type { CallContext, GrpcClient } from '@dual-random/grpc'

/** What planning says of what was drawn for, a line of a plan or a task on clues: the two read alike as far as joint looks. */
export const drawnLine = (
  planning: GrpcClient<PlanningServiceClient>,
  { planId, lineId, clueTask }: DrawnFor,
  context: CallContext,
): Promise<GetPlanLineResponse | GetClueTaskResponse> =>
  clueTask === undefined
    ? planning.unary('getPlanLine', { planId, lineId }, context)
    : planning.unary('getClueTask', { taskId: clueTask.taskId }, context)

/** The cities that draw beside the line's own (DRW-26); a task on clues has none. */
export const citiesBeside = (line: GetPlanLineResponse | GetClueTaskResponse): readonly LineCity[] =>
  'joint' in line ? (line.joint?.cities ?? []) : []
