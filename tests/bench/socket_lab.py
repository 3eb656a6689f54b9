"""The whole embedded server; tells all sockets one name for each line of its input.

python -m tests.bench.socket_lab PORT
"""

import sys
import threading

from livinglab.config.embedded import serve
from livinglab.kernel.realtime import announce
from tests.bench.socket_peers import TOPIC


def tell(leaving: threading.Event) -> None:
    for _line in sys.stdin:
        announce(TOPIC, "savings")


if __name__ == "__main__":
    serve(port=int(sys.argv[1]), beside=tell)
