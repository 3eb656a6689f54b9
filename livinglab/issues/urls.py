"""Pages of the issues app."""

from django.urls import path

from livinglab.issues.views import (
    covering,
    feeds,
    figures,
    issue,
    issue_acts,
    listing,
    mine,
    photos,
)

app_name = "issues"
urlpatterns = [
    path("photos/<uuid:key>/cover/", covering.cover, name="cover"),
    path("photos/<uuid:key>/remove/", covering.remove, name="remove-photo"),
    path("photos/<uuid:key>/<str:size>.webp", photos.photo, name="photo"),
    path(
        "photos/<uuid:key>/<str:size>.avif", photos.lighter_photo, name="lighter-photo"
    ),
    # how promises are kept
    path("figures/", figures.figures, name="figures"),
    # public and own pages
    path("", listing.issue_list, name="list"),
    path("map/", listing.issue_map, name="map"),
    path("points.geojson", listing.points, name="points"),
    path("feeds/<slug:code>.<slug:kind>", feeds.feed, name="feed"),
    path("mine/", mine.mine, name="mine"),
    path("mine/half/<uuid:key>/let-go/", mine.let_go, name="let-go"),
    path("places/", mine.places, name="places"),
    path("places/<int:pk>/", mine.place, name="place"),
    path("places/<int:pk>/unfollow/", mine.unfollow, name="unfollow-place"),
    path("places/follow/<slug:code>/", mine.follow_dong, name="follow-dong"),
    path("<int:pk>/", issue.issue_page, name="issue"),
    path("<int:pk>/support/", issue_acts.support, name="support"),
    path("<int:pk>/follow/", issue_acts.follow, name="follow"),
    path("<int:pk>/unfollow/", issue_acts.unfollow, name="unfollow"),
    path("<int:pk>/word/", issue_acts.add_word, name="add-word"),
    path("<int:pk>/reply/", issue_acts.reply, name="reply"),
    path("<int:pk>/withdraw/", issue_acts.withdraw, name="withdraw"),
    path("<int:pk>/reopen/", issue_acts.reopen, name="reopen"),
    path("<int:pk>/object/", issue_acts.object_to_hiding, name="object"),
    path(
        "<int:pk>/words/<int:word>/object/",
        issue_acts.object_to_blanking,
        name="object-word",
    ),
    path("<int:pk>/unsent/let-go/", issue_acts.let_unsent_go, name="let-unsent-go"),
    path("<int:pk>/fixed/", issue_acts.answer_question, name="answer-question"),
]
