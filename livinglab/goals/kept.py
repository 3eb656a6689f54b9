"""Pages of goals are made again when a goal was measured or its sheet changed."""

from livinglab.goals.selectors import goals_version
from livinglab.kernel.kept_pages import keep_page

keep_page("goals:list", version=goals_version)
keep_page("goals:goal", version=goals_version)
