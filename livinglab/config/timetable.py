"""Every timed task of the lab. A timetable only wakes sweeps; the rows decide."""

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    "note-that-the-timetable-runs": {
        "task": "livinglab.kernel.tasks.note_timetable",
        "schedule": 30.0,
    },
    "sweep-uploads": {
        "task": "livinglab.energy.tasks.uploads.sweep_uploads",
        "schedule": 60.0,
    },
    "sweep-due-savings": {
        "task": "livinglab.energy.tasks.savings.sweep_due_savings",
        "schedule": 60.0,
    },
    "sweep-due-outlooks": {
        "task": "livinglab.energy.tasks.outlooks.sweep_due_outlooks",
        "schedule": 60.0,
    },
    "try-outlooks-again": {
        "task": "livinglab.energy.tasks.outlooks.try_outlooks_again",
        "schedule": crontab(hour=3, minute=20),
    },
    "sweep-due-areas": {
        "task": "livinglab.energy.tasks.areas.sweep_due_areas",
        "schedule": 60.0,
    },
    "check-areas": {
        "task": "livinglab.energy.tasks.areas.check_areas",
        "schedule": crontab(hour=4, minute=10),
    },
    "begin-the-night": {
        "task": "livinglab.energy.tasks.savings.begin_the_night",
        "schedule": crontab(hour=3, minute=10),
    },
    "fetch-weather": {
        "task": "livinglab.observations.tasks.fetch_due_weather",
        "schedule": crontab(minute=25),
    },
    "measure-goals": {
        "task": "livinglab.goals.tasks.measure_due_goals",
        "schedule": crontab(hour=4, minute=40),
    },
    "announce-weather-changes": {
        "task": "livinglab.observations.tasks.announce_weather_changes",
        "schedule": 60.0,
    },
    "tell-of-ready-months": {
        "task": "livinglab.energy.tasks.notices.tell_of_ready_months",
        "schedule": crontab(hour=8, minute=30),
    },
    "sweep-due-notices": {
        "task": "livinglab.notifications.tasks.sweep_due_notices",
        "schedule": 60.0,
    },
    "sweep-people": {
        "task": "livinglab.people.tasks.sweep_people",
        "schedule": 60.0,
    },
    "sweep-due-measurements": {
        "task": "livinglab.goals.tasks.sweep_due_measurements",
        "schedule": 60.0,
    },
    "sweep-issues": {
        "task": "livinglab.issues.tasks.sweep_issues",
        "schedule": 60.0,
    },
    "remind-of-late-issues": {
        "task": "livinglab.issues.tasks.remind_of_late_issues",
        "schedule": crontab(hour="8-18", minute=5),
    },
    "tell-of-followed-places": {
        "task": "livinglab.issues.tasks.tell_of_followed_places",
        "schedule": crontab(hour=18, minute=10),
    },
    "plan-learning": {
        "task": "livinglab.issues.tasks.plan_learning",
        "schedule": crontab(hour=2, minute=20),
    },
    "count-the-service": {
        "task": "livinglab.issues.tasks.count_the_service",
        "schedule": crontab(minute=40),
    },
    "forget-old-drafts": {
        "task": "livinglab.issues.tasks.forget_old_drafts",
        "schedule": crontab(minute=50),
    },
    "forget-expired-sessions": {
        "task": "livinglab.people.tasks.forget_expired_sessions",
        "schedule": crontab(minute=15),
    },
    "sweep-sign-ups": {
        "task": "livinglab.people.tasks.sweep_sign_ups",
        "schedule": crontab(minute=35),
    },
}
