-- The latest verification of each pull request.
create index run_of_pull_request on run (project, pull_request, id desc) where pull_request is not null;
