import type { FlowAction } from './action.ts'
import { cancelTask } from './cancel-task.ts'
import { invokeConnector } from './invoke-connector.ts'
import { scheduleTask } from './schedule-task.ts'
import { sendDynamicOptions } from './send-dynamic-options.ts'
import { sendInteractiveButtons } from './send-interactive-buttons.ts'
import { sendInteractiveList } from './send-interactive-list.ts'
import { sendText } from './send-text.ts'

/** Every action of a flow. A new one is a file and a line here. */
export const flowActions: readonly FlowAction[] = [
  sendText,
  sendInteractiveButtons,
  sendInteractiveList,
  sendDynamicOptions,
  invokeConnector,
  scheduleTask,
  cancelTask,
]
