export { replayHistories, type ReplayHistoriesOptions, type ReplayReport } from './replay-histories.ts'
