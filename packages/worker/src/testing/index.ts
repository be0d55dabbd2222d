export { type History, historyFromJson, type HistoryJson, historyToJson } from './history-json.ts'
export { type RecordedHistory, replayHistories, type ReplayHistoriesOptions, type ReplayReport } from './replay-histories.ts'
export { testActivityContext, type TestActivityContextOptions } from './test-activity-context.ts'
