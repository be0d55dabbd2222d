"""Runs orders as a client in Python, and the schedule of the daily report. Prints what came of each as one JSON document."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from temporalio.client import Client, TLSConfig, WorkflowFailureError
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes
from temporalio.exceptions import ApplicationError

from sundial_codec import SundialCodec

NAMESPACE = "orders"
TASK_QUEUE = "orders"


async def connect() -> Client:
    codec = SundialCodec(Path(os.environ["KEYS"]), NAMESPACE)
    converter = replace(
        DataConverter.default,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
    tls = TLSConfig(
        server_root_ca_cert=Path(os.environ["CA"]).read_bytes(),
        client_cert=Path(os.environ["CERT"]).read_bytes(),
        client_private_key=Path(os.environ["KEY"]).read_bytes(),
        domain="temporal-frontend",
    )
    metadata = {"authorization": f"Bearer {os.environ['TOKEN']}"}
    return await Client.connect(
        os.environ["ADDRESS"], namespace=NAMESPACE, tls=tls, rpc_metadata=metadata, data_converter=converter
    )


async def run(client: Client, order: dict) -> dict:
    try:
        return await client.execute_workflow("fulfil-order", order, id=order["orderId"], task_queue=TASK_QUEUE)
    except WorkflowFailureError as failure:
        error = failure.cause
        assert isinstance(error, ApplicationError), error
        return {"error": error.type, "data": error.details[0], "retryable": not error.non_retryable}


async def report(client: Client, schedule_id: str) -> dict:
    schedule = client.get_schedule_handle(schedule_id)
    described = await schedule.describe()
    await schedule.trigger()
    for _ in range(600):
        actions = (await schedule.describe()).info.recent_actions
        if actions:
            started = actions[-1].action
            handle = client.get_workflow_handle(started.workflow_id, run_id=started.first_execution_run_id)
            return {
                "policies": described.schedule.policy.overlap.name,
                "memo": await described.memo_value("sundialContract"),
                "workflow": started.workflow_id,
                "result": await handle.result(),
            }
        await asyncio.sleep(0.05)
    raise TimeoutError("the schedule started nothing")


async def main() -> None:
    client = await connect()
    good, declined = json.load(sys.stdin)
    ended = await asyncio.gather(run(client, good), run(client, declined), report(client, "orders.daily-report"))
    json.dump(ended, sys.stdout)
    sys.stdout.flush()
    # Threads of the SDK may still run when the interpreter goes away, and would end the program as a crash.
    os._exit(0)


asyncio.run(main())
